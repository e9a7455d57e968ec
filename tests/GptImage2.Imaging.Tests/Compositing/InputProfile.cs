using System.Buffers.Binary;

namespace GptImage2.Imaging.Tests.Compositing;

/// <summary>Profiles that say how colours look and not how they are written, as tables from RGB to Lab (ICC.1:2001-04, lut16Type).</summary>
internal static class InputProfile
{
    private const int Grid = 9;
    private const int HeaderSize = 128;
    private const double Gamma = 1.4;

    /// <summary>RGB of sRGB's primaries to XYZ under D50.</summary>
    private static readonly double[,] ToXyz = { { 0.4361, 0.3851, 0.1431 }, { 0.2225, 0.7169, 0.0606 }, { 0.0139, 0.0971, 0.7141 } };

    private static readonly double[] White = [0.9642, 1, 0.8249];

    /// <param name="kind">scnr or mntr.</param>
    /// <param name="wayBack">Whether it has a table from Lab to RGB, which leads somewhere else.</param>
    public static byte[] Create(string kind, bool wayBack)
    {
        (string Tag, byte[] Table)[] tables = [("A2B0", CreateTable(ToLab)), .. wayBack ? [("B2A0", CreateTable(static (l, a, b) => (b, l, a)))] : Array.Empty<(string, byte[])>()];
        var at = HeaderSize + 4 + (12 * tables.Length);
        var profile = new byte[at + tables.Sum(table => table.Table.Length)];
        WriteHeader(profile, kind);
        BinaryPrimitives.WriteInt32BigEndian(profile.AsSpan(HeaderSize), tables.Length);
        foreach (var (index, (tag, table)) in tables.Index())
        {
            var entry = profile.AsSpan(HeaderSize + 4 + (12 * index));
            Encoding.ASCII.GetBytes(tag).CopyTo(entry);
            BinaryPrimitives.WriteInt32BigEndian(entry[4..], at);
            BinaryPrimitives.WriteInt32BigEndian(entry[8..], table.Length);
            table.CopyTo(profile, at);
            at += table.Length;
        }

        return profile;
    }

    private static void WriteHeader(Span<byte> profile, string kind)
    {
        BinaryPrimitives.WriteInt32BigEndian(profile, profile.Length);
        (profile[8], profile[9]) = (2, 0x40);
        Encoding.ASCII.GetBytes($"{kind}RGB Lab ").CopyTo(profile[12..]);
        "acsp"u8.CopyTo(profile[36..]);
        foreach (var (index, value) in White.Index())
        {
            BinaryPrimitives.WriteInt32BigEndian(profile[(68 + (4 * index))..], (int)Math.Round(value * 65536));
        }
    }

    /// <summary>Three channels from 0 to 1 to three of the kind, with straight curves before and after.</summary>
    private static byte[] CreateTable(Func<double, double, double, (double, double, double)> map)
    {
        using var table = new MemoryStream();
        table.Write([.. "mft2"u8, 0, 0, 0, 0, 3, 3, Grid, 0]);
        foreach (var cell in (int[])[65536, 0, 0, 0, 65536, 0, 0, 0, 65536])
        {
            WriteNumber(cell, 4);
        }

        WriteNumber(2, 2);
        WriteNumber(2, 2);
        WriteCurves();
        for (var cell = 0; cell < Grid * Grid * Grid; cell++)
        {
            var (x, y, z) = map(cell / (Grid * Grid) / (Grid - 1.0), cell / Grid % Grid / (Grid - 1.0), cell % Grid / (Grid - 1.0));
            foreach (var value in (double[])[x, y, z])
            {
                WriteNumber((int)Math.Round(Math.Clamp(value, 0, 1) * 65535), 2);
            }
        }

        WriteCurves();
        return table.ToArray();

        void WriteCurves()
        {
            for (var channel = 0; channel < 3; channel++)
            {
                WriteNumber(0, 2);
                WriteNumber(65535, 2);
            }
        }

        void WriteNumber(int value, int bytes)
        {
            Span<byte> number = stackalloc byte[4];
            BinaryPrimitives.WriteInt32BigEndian(number, value);
            table.Write(number[^bytes..]);
        }
    }

    /// <summary>Lab as lut16Type has it: 100 is 0xFF00, and a and b are 0 at 0x8000.</summary>
    private static (double L, double A, double B) ToLab(double red, double green, double blue)
    {
        double[] linear = [Math.Pow(red, Gamma), Math.Pow(green, Gamma), Math.Pow(blue, Gamma)];
        double[] f = [.. Enumerable.Range(0, 3).Select(row => Curve(Enumerable.Range(0, 3).Sum(column => ToXyz[row, column] * linear[column]) / White[row]))];
        return (Encode((116 * f[1]) - 16, 652.8), Encode((500 * (f[0] - f[1])) + 128, 256), Encode((200 * (f[1] - f[2])) + 128, 256));

        static double Curve(double t) => t > 0.008856 ? Math.Cbrt(t) : (7.787 * t) + (16 / 116.0);

        static double Encode(double value, double scale) => value * scale / 65535;
    }
}
