"use strict";
// Finds the entries that have all words of the query, in any of their forms, or
// words that begin like them: first those whose name is the query, then those
// whose name begins with it, then those with all words in their name. Within
// these the entries keep their order. Words that nobody has are replaced by the
// nearest word of one slip's distance, and the page says so.
(function () {
  var most = 50;
  var form = document.querySelector(".search");
  var field = document.getElementById("query");
  var found = document.getElementById("found");
  var results = document.getElementById("results");
  var plain = function (text) {
    return text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  };
  var wordsOf = function (text) {
    return plain(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  };
  // the beginning that the forms of a word share: plumber, plumbing -> plumb
  var endings = /(ations?|ments?|ings?|ers?|ors?|ies|ed|es|s|y|e)$/;
  var stem = function (word) {
    for (var turn = 0; turn < 3; turn += 1) {
      var shorter = word.replace(endings, "");
      if (shorter === word || shorter.length < 4) break;
      word = shorter;
    }
    return word.length > 4 ? word.replace(/([^aeiou])\1$/, "$1") : word;
  };
  var spaced = function (words) {
    return " " + words.join(" ") + " ";
  };
  var entries = tlevelEntries.map(function (entry) {
    var inName = wordsOf(entry[0]);
    var all = inName.concat(wordsOf(entry[3]));
    return {
      entry: entry,
      name: plain(entry[0]),
      inName: spaced(inName), namesStems: spaced(inName.map(stem)),
      all: spaced(all), stems: spaced(all.map(stem)),
    };
  });
  var has = function (words, stems, word) {
    return words.indexOf(" " + word) >= 0 || stems.indexOf(" " + stem(word) + " ") >= 0;
  };
  var rank = function (one, query, words) {
    if (!words.every(function (word) { return has(one.all, one.stems, word); })) return -1;
    if (one.name === query) return 0;
    if (one.name.indexOf(query) === 0) return 1;
    return words.every(function (word) { return has(one.inName, one.namesStems, word); }) ? 2 : 3;
  };
  var hitsFor = function (query, words) {
    var byRank = [[], [], [], []];
    entries.forEach(function (one) {
      var at = rank(one, query, words);
      if (at >= 0) byRank[at].push(one.entry);
    });
    return byRank[0].concat(byRank[1], byRank[2], byRank[3]);
  };
  // whether one letter is missing, added, wrong or swapped with the next
  var isSlip = function (a, b) {
    if (Math.abs(a.length - b.length) > 1) return false;
    var i = 0;
    while (i < a.length && a[i] === b[i]) i += 1;
    var rest = function (text, from) { return text.slice(from); };
    return rest(a, i + 1) === rest(b, i) || rest(a, i) === rest(b, i + 1) || rest(a, i + 1) === rest(b, i + 1) ||
      (a[i] === b[i + 1] && a[i + 1] === b[i] && rest(a, i + 2) === rest(b, i + 2));
  };
  var vocabulary = null;
  var nearest = function (word) {
    if (vocabulary === null) {
      vocabulary = new Map();
      entries.forEach(function (one) {
        one.all.trim().split(" ").forEach(function (known) {
          vocabulary.set(known, (vocabulary.get(known) || 0) + 1);
        });
      });
    }
    var best = word, times = 0;
    if (word.length < 4 || vocabulary.has(word)) return word;
    vocabulary.forEach(function (n, known) {
      if (n > times && isSlip(word, known)) { best = known; times = n; }
    });
    return best;
  };
  var show = function (entry) {
    var line = document.createElement("li");
    var link = document.createElement("a");
    link.href = entry[1];
    link.dir = "auto";
    link.textContent = entry[0];
    var kind = document.createElement("span");
    kind.className = "kind";
    kind.dir = "auto";
    kind.textContent = entry[4] === "" ? entry[2] : entry[2] + ": " + entry[4];
    line.append(link, kind);
    results.append(line);
  };
  var counted = function (hits) {
    var shown = hits.length > most ? ", the first " + most + " shown" : "";
    return (hits.length === 1 ? "1 result" : hits.length + " results") + shown;
  };
  var search = function () {
    var words = wordsOf(field.value);
    results.textContent = "";
    if (words.length === 0) {
      found.textContent = "";
      return;
    }
    var hits = hitsFor(plain(field.value).trim(), words);
    found.textContent = counted(hits);
    if (hits.length === 0) {
      var near = words.map(nearest);
      hits = hitsFor(near.join(" "), near);
      if (hits.length > 0) found.textContent = "0 results. For \u201c" + near.join(" ") + "\u201d: " + counted(hits);
    }
    hits.slice(0, most).forEach(show);
  };
  form.hidden = false;
  field.addEventListener("input", search);
  field.value = new URLSearchParams(location.search).get("q") || field.value;
  search();
})();
