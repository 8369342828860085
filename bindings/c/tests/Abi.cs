// The C ABI from C#: results, errors, handles, threads. bindings/c/test runs it in Mono.
//
//   mono Abi.exe MAP.json OTHER.json FOLDER
//
// It writes results to FOLDER, which the script compares with the command line.
using System;
using System.IO;
using System.Threading.Tasks;
using Tlevel;

static class Abi {
    static void Check(bool holds, string what) {
        if (!holds) throw new Exception("not true: " + what);
    }

    static TlevelException Fails(Action call) {
        try {
            call();
        } catch (TlevelException error) {
            return error;
        }
        throw new Exception("nothing failed");
    }

    static int Main(string[] words) {
        byte[] bytes = File.ReadAllBytes(words[0]);
        const string panel = "{\"policy\": \"panel\"}";
        const string occupations = "[{\"title\": \"Façade cleaner – “high” rises\"}, {\"title\": \"Baker\"}]";
        using (var map = Map.Read(bytes))
        using (var other = Map.Read(File.ReadAllBytes(words[1])))
        using (var placer = Placer.Of(map))
        using (var loaded = Placer.Load(placer.Save())) {
            Action<string, string> Write = (name, text) => File.WriteAllText(Path.Combine(words[2], name), text);
            Write("check.json", Map.Check(bytes));
            Write("derive.json", map.Derive(panel));
            Write("diff.json", map.Diff(other, "{\"names\": [\"" + words[0] + "\", \"" + words[1] + "\"]}"));
            Write("new.json", occupations);
            Write("suggest.json", placer.Suggest(occupations));
            Check(loaded.Suggest(occupations) == placer.Suggest(occupations), "a saved placer answers alike");

            string[] texts = new string[4];
            Parallel.For(0, texts.Length, n => texts[n] = map.Derive(panel));
            foreach (string derived in texts) Check(derived == map.Derive(panel), "threads may share a map");

            var wrong = Fails(() => map.Derive("{\"policy\": \"pannel\"}"));
            Check(wrong.Code == 4 && wrong.Message.Contains("did you mean \"panel\"?"), wrong.Message);
            var unread = Fails(() => placer.Suggest("{\"title\": \"Baker\"}\n{\"titel\": \"ü\"}"));
            Check(unread.Code == 5 && unread.Line == 2 && unread.Column == 1, unread.Message);
            var unknown = Fails(() => placer.Suggest(null));
            Check(unknown.Code == 1 && unknown.Message == "occupations is NULL", unknown.Message);
        }
        var empty = Fails(() => Map.Read(new byte[0]));
        Check(empty.Place == null && empty.Line == 0, empty.Message);
        var type = Fails(() => Map.Read(System.Text.Encoding.UTF8.GetBytes(
            "{\"format\": \"tlevel-map\", \"version\": 1,\n \"routes\": 5}")));
        Check(type.Code == 3 && type.Line == 2 && type.Column == 12 && type.Pointer == "/routes", type.Message);
        var closed = Map.Read(bytes);
        closed.Dispose();
        try {
            closed.Derive();
            throw new Exception("a map was used after it was freed");
        } catch (ObjectDisposedException) { }
        Console.WriteLine("Abi.cs: all checks hold");
        return 0;
    }
}
