// tlevel for C#: maps and placers as objects, errors as exceptions. Copy this file into a
// project; it compiles for .NET (5 and later) and for Mono. README.md shows the form with
// LibraryImport for .NET 8.
using System;
using System.Runtime.InteropServices;
using System.Text;

namespace Tlevel {
    /// <summary>Why a call failed: a sentence for people, and where.</summary>
    public sealed class TlevelException : Exception {
        /// <summary>The kind of failure: TLEVEL_CODE_... in tlevel.h.</summary>
        public int Code { get; }
        /// <summary>Line and column in the input, from 1; 0 if there is none.</summary>
        public uint Line { get; }
        public uint Column { get; }
        /// <summary>The place as people write it, or null.</summary>
        public string Place { get; }
        /// <summary>The JSON pointer of the value that is wrong, or null.</summary>
        public string Pointer { get; }

        internal TlevelException(Native.Error error) : base(Native.Text(error.Message)) {
            Code = error.Code;
            Line = error.Line;
            Column = error.Column;
            Place = Native.Text(error.Place);
            Pointer = Native.Text(error.Pointer);
        }
    }

    /// <summary>A checked map. Threads may share it.</summary>
    public sealed class Map : SafeHandle {
        private Map() : base(IntPtr.Zero, true) { }
        public override bool IsInvalid => handle == IntPtr.Zero;
        protected override bool ReleaseHandle() { Native.tlevel_free_map(handle); return true; }

        /// <summary>Reads and checks a map.</summary>
        public static Map Read(byte[] bytes) {
            Native.tlevel_read(bytes, Length(bytes), out Map map, out IntPtr error);
            Native.ThrowIf(error);
            return map;
        }

        /// <summary>What the rules find: tlevel check --format json.</summary>
        public static string Check(byte[] bytes) {
            Native.tlevel_check(bytes, Length(bytes), out IntPtr text, out IntPtr error);
            return Native.Result(text, error);
        }

        /// <summary>The programmes: tlevel derive --format json.</summary>
        public string Derive(string options = null) {
            Native.tlevel_derive(this, Native.Utf8(options), out IntPtr text, out IntPtr error);
            return Native.Result(text, error);
        }

        /// <summary>What differs in a newer map: tlevel diff --format json.</summary>
        public string Diff(Map newer, string options = null) {
            Native.tlevel_diff(this, newer, Native.Utf8(options), out IntPtr text, out IntPtr error);
            return Native.Result(text, error);
        }

        internal static UIntPtr Length(byte[] bytes) => new UIntPtr((uint)(bytes?.Length ?? 0));
    }

    /// <summary>What is known of a map's clusters. Threads may share it.</summary>
    public sealed class Placer : SafeHandle {
        private Placer() : base(IntPtr.Zero, true) { }
        public override bool IsInvalid => handle == IntPtr.Zero;
        protected override bool ReleaseHandle() { Native.tlevel_free_placer(handle); return true; }

        /// <summary>Learns the clusters of a map, which takes a second or so.</summary>
        public static Placer Of(Map map, string options = null) {
            Native.tlevel_placer(map, Native.Utf8(options), out Placer placer, out IntPtr error);
            Native.ThrowIf(error);
            return placer;
        }

        /// <summary>Loads what <c>Save</c> or the command line saved.</summary>
        public static Placer Load(byte[] bytes) {
            Native.tlevel_load_placer(bytes, Map.Length(bytes), out Placer placer, out IntPtr error);
            Native.ThrowIf(error);
            return placer;
        }

        /// <summary>The placer as bytes, to keep in a file.</summary>
        public byte[] Save() {
            Native.tlevel_save_placer(this, out UIntPtr length, out IntPtr bytes, out IntPtr error);
            Native.ThrowIf(error);
            try {
                var saved = new byte[checked((int)length.ToUInt64())];
                Marshal.Copy(bytes, saved, 0, saved.Length);
                return saved;
            } finally {
                Native.tlevel_free_bytes(bytes, length);
            }
        }

        /// <summary>Clusters for new occupations, given as JSON.</summary>
        public string Suggest(string occupations, string options = null) {
            Native.tlevel_suggest(
                this, Native.Utf8(occupations), Native.Utf8(options), out IntPtr text, out IntPtr error);
            return Native.Result(text, error);
        }
    }

    /// <summary>The functions of tlevel.h.</summary>
    internal static class Native {
        private const string Library = "tlevel_c";

        [StructLayout(LayoutKind.Sequential)]
        internal struct Error {
            internal int Code;
            internal uint Line;
            internal uint Column;
            internal IntPtr Message;
            internal IntPtr Place;
            internal IntPtr Pointer;
        }

        [DllImport(Library)] internal static extern IntPtr tlevel_version();
        [DllImport(Library)] internal static extern int tlevel_read(byte[] bytes, UIntPtr length, out Map map, out IntPtr error);
        [DllImport(Library)] internal static extern int tlevel_check(byte[] bytes, UIntPtr length, out IntPtr text, out IntPtr error);
        [DllImport(Library)] internal static extern int tlevel_derive(Map map, byte[] options, out IntPtr text, out IntPtr error);
        [DllImport(Library)] internal static extern int tlevel_diff(Map old, Map newer, byte[] options, out IntPtr text, out IntPtr error);
        [DllImport(Library)] internal static extern int tlevel_placer(Map map, byte[] options, out Placer placer, out IntPtr error);
        [DllImport(Library)] internal static extern int tlevel_suggest(Placer placer, byte[] occupations, byte[] options, out IntPtr text, out IntPtr error);
        [DllImport(Library)] internal static extern int tlevel_save_placer(Placer placer, out UIntPtr length, out IntPtr bytes, out IntPtr error);
        [DllImport(Library)] internal static extern int tlevel_load_placer(byte[] bytes, UIntPtr length, out Placer placer, out IntPtr error);
        [DllImport(Library)] internal static extern void tlevel_free_map(IntPtr map);
        [DllImport(Library)] internal static extern void tlevel_free_placer(IntPtr placer);
        [DllImport(Library)] internal static extern void tlevel_free_text(IntPtr text);
        [DllImport(Library)] internal static extern void tlevel_free_bytes(IntPtr bytes, UIntPtr length);
        [DllImport(Library)] internal static extern void tlevel_free_error(IntPtr error);

        /// <summary>A text for the library: UTF-8 with a zero byte at its end.</summary>
        internal static byte[] Utf8(string text) {
            if (text == null) return null;
            if (text.IndexOf('\0') >= 0) throw new ArgumentException("the text holds a zero character");
            return Encoding.UTF8.GetBytes(text + "\0");
        }

        /// <summary>A text of the library.</summary>
        internal static string Text(IntPtr text) {
            if (text == IntPtr.Zero) return null;
            var length = 0;
            while (Marshal.ReadByte(text, length) != 0) length++;
            var bytes = new byte[length];
            Marshal.Copy(text, bytes, 0, length);
            return Encoding.UTF8.GetString(bytes);
        }

        /// <summary>The text of a call, which is freed, or its error.</summary>
        internal static string Result(IntPtr text, IntPtr error) {
            ThrowIf(error);
            try {
                return Text(text);
            } finally {
                tlevel_free_text(text);
            }
        }

        internal static void ThrowIf(IntPtr error) {
            if (error == IntPtr.Zero) return;
            try {
                throw new TlevelException(Marshal.PtrToStructure<Error>(error));
            } finally {
                tlevel_free_error(error);
            }
        }
    }
}
