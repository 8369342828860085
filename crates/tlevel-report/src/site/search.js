"use strict";
// Finds the entries in which all words of the query occur: those whose name
// begins with the query first, then those with all words in their name.
(function () {
  var most = 50;
  var form = document.querySelector(".search");
  var field = document.getElementById("query");
  var found = document.getElementById("found");
  var results = document.getElementById("results");
  var plain = function (text) {
    return text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  };
  var entries = tlevelEntries.map(function (entry) {
    var name = plain(entry[0]);
    return { entry: entry, name: name, all: name + " " + plain(entry[3]) };
  });
  var rank = function (one, query, words) {
    if (!words.every(function (word) { return one.all.indexOf(word) >= 0; })) return -1;
    if (one.name.indexOf(query) === 0) return 0;
    return words.every(function (word) { return one.name.indexOf(word) >= 0; }) ? 1 : 2;
  };
  var show = function (entry) {
    var line = document.createElement("li");
    var link = document.createElement("a");
    link.href = entry[1];
    link.dir = "auto";
    link.textContent = entry[0];
    var kind = document.createElement("span");
    kind.className = "kind";
    kind.textContent = entry[2];
    line.append(link, kind);
    results.append(line);
  };
  var search = function () {
    var query = plain(field.value).trim();
    results.textContent = "";
    if (query === "") {
      found.textContent = "";
      return;
    }
    var words = query.split(/\s+/);
    var byRank = [[], [], []];
    entries.forEach(function (one) {
      var at = rank(one, query, words);
      if (at >= 0) byRank[at].push(one.entry);
    });
    var hits = byRank[0].concat(byRank[1], byRank[2]);
    hits.slice(0, most).forEach(show);
    var shown = hits.length > most ? ", the first " + most + " shown" : "";
    found.textContent = (hits.length === 1 ? "1 result" : hits.length + " results") + shown;
  };
  form.hidden = false;
  field.addEventListener("input", search);
  field.value = new URLSearchParams(location.search).get("q") || field.value;
  search();
})();
