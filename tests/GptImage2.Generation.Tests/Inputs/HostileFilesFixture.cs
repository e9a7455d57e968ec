using System.Buffers.Binary;
using System.IO.Compression;
using System.Net.Sockets;

namespace GptImage2.Generation.Tests.Inputs;

/// <summary>A working folder into which somebody else has put links, pipes and files that are not what they seem.</summary>
public sealed class HostileFilesFixture : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    public HostileFilesFixture()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        MakeLinks();
        MakePipes();
        MakeFiles();
    }

    public InputFilesFixture Ground { get; } = new();

    public void Dispose()
    {
        _socket.Dispose();
        Ground.Dispose();
    }

    private void MakeLinks()
    {
        Directory.CreateDirectory(GetPath("folder.png"));
        Link("link-out.png", Path.Combine(Ground.Secret, "secret.png"));
        Link("relative-out.png", "../secret/secret.png");
        Link("folder-out", Ground.Secret);
        Link("up", "..");
        Link("root", "/");
        Link("chain-1.png", "chain-2.png");
        Link("chain-2.png", GetPath("chain-3.png"));
        Link("chain-3.png", "link-out.png");
        Link("loop-a.png", "loop-b.png");
        Link("loop-b.png", "loop-a.png");
        Link("self", "self");
        Link("dangling-out.png", Path.Combine(Ground.Secret, "nothing.png"));
        Link("dangling-in.png", "nothing-here.png");
        Link("link-to-pipe.png", "pipe.png");
        foreach (var (name, target) in new[] { ("zero", "/dev/zero"), ("random", "/dev/random"), ("stdin", "/dev/stdin"), ("tty", "/dev/tty"), ("environ", "/proc/self/environ"), ("mem", "/proc/self/mem"), ("fd", "/proc/self/fd/0"), ("cwd", "/proc/self/cwd"), ("process", "/proc/self/root/etc/passwd") })
        {
            Link($"to-{name}.png", target);
        }
    }

    private void MakePipes()
    {
        InputFilesFixture.MakePipe(GetPath("pipe.png"));
        _socket.Bind(new UnixDomainSocketEndPoint(GetPath("socket.png")));
    }

    private void MakeFiles()
    {
        WriteFile("empty.png", []);
        WriteFile("text.png", "no picture"u8);
        WriteFile("page.png", "<!DOCTYPE html><html><img src='https://example.com/'>"u8);
        WriteFile("vector.png", "<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'><image href='file:///etc/passwd'/></svg>"u8);
        WriteFile("script.png", "push graphic-context\nfill 'url(https://127.0.0.1/oops.jpg)'\npop graphic-context"u8);
        WriteFile("document.png", "%PDF-1.7"u8);
        WriteFile("film.png", [0, 0, 0, 24, .. "ftypisom"u8, .. new byte[20]]);
        WriteFile("packed.png", Compress(TinyImages.Png(4, 4)));
        WriteFile("bomb.png", CreateWithDimensions(50_000, 50_000));
        WriteFile("negative.png", CreateWithDimensions(-1, 8));
        WriteFile("nothing-wide.png", CreateWithDimensions(0, 8));
        WriteFile("start.png", TinyImages.Png(9, 9).AsSpan(0, 20));
        WriteFile("frames.gif", CreateFrames(5_000));
        WriteFile("elsewhere.tiff", [.. "II*\0"u8, 0xFF, 0xFF, 0xFF, 0x7F]);
        WriteFile("wide.tiff", Tiff(width: 0x7FFF_FFFF, height: 0x7FFF_FFFF));
        WriteFile("large.tiff", Tiff(width: 60_000, height: 60_000));
        WriteFile("start.jpg", [0xFF, 0xD8, 0xFF, 0xE0, 0, 16, .. "JFIF\0"u8]);
        WriteFile("start.webp", [.. "RIFF"u8, 0xFF, 0xFF, 0xFF, 0xFF, .. "WEBPVP8 "u8]);
        WriteFile("start.avif", [0, 0, 0, 24, .. "ftypavif"u8, 0, 0, 0, 0, .. "mif1avif"u8]);
        using var sparse = File.Create(GetPath("sparse.png"));
        sparse.Write(TinyImages.Png(2, 2));
        sparse.SetLength(600L << 20);
    }

    private string GetPath(string name) => Path.Combine(Ground.Work, name);

    private void Link(string name, string target) => File.CreateSymbolicLink(GetPath(name), target);

    private void WriteFile(string name, ReadOnlySpan<byte> bytes) => File.WriteAllBytes(GetPath(name), bytes);

    /// <summary>A hundred kilobytes that say they are an image of another size.</summary>
    private static byte[] CreateWithDimensions(int width, int height)
    {
        var image = TinyImages.Png(2, 2);
        BinaryPrimitives.WriteInt32BigEndian(image.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(image.AsSpan(20), height);
        BinaryPrimitives.WriteUInt32BigEndian(image.AsSpan(29), TinyImages.Crc(image.AsSpan(12, 17)));
        return [.. image, .. new byte[100_000]];
    }

    private static byte[] CreateFrames(int count)
    {
        byte[] frame = [0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0];
        return [.. "GIF89a"u8, 1, 0, 1, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255, .. Enumerable.Repeat(frame, count).SelectMany(bytes => bytes), 0x3B];
    }

    /// <summary>Eight-bit grey in one strip that is not there.</summary>
    private static byte[] Tiff(uint width, uint height)
    {
        (ushort Tag, uint Value)[] entries = [(256, width), (257, height), (258, 8), (259, 1), (262, 1), (273, 8), (277, 1), (278, height), (279, width)];
        var file = new byte[8 + 2 + (entries.Length * 12) + 4];
        "II*\0"u8.CopyTo(file);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(4), 8);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(8), (ushort)entries.Length);
        for (var i = 0; i < entries.Length; i++)
        {
            var entry = file.AsSpan(10 + (i * 12));
            BinaryPrimitives.WriteUInt16LittleEndian(entry, entries[i].Tag);
            BinaryPrimitives.WriteUInt16LittleEndian(entry[2..], 4);
            BinaryPrimitives.WriteUInt32LittleEndian(entry[4..], 1);
            BinaryPrimitives.WriteUInt32LittleEndian(entry[8..], entries[i].Value);
        }

        return file;
    }

    private static byte[] Compress(byte[] bytes)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }
}
