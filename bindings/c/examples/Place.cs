// Places an occupation: Place.exe MAP.json '{"title": "Solar panel installer"}'
using System;
using System.IO;
using Tlevel;

static class Place {
    static int Main(string[] words) {
        try {
            using (var map = Map.Read(File.ReadAllBytes(words[0])))
            using (var placer = Placer.Of(map)) {
                Console.Write(placer.Suggest(words[1], "{\"top\": 1}"));
            }
            return 0;
        } catch (TlevelException error) {
            Console.Error.WriteLine("place: " + error.Message);
            return 2;
        }
    }
}
