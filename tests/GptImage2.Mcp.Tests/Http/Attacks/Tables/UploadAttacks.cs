using System.Buffers.Binary;
using System.IO.Compression;
using GptImage2.Imaging;
using GptImage2.Testing.Images;

namespace GptImage2.Mcp.Tests.Http.Attacks.Tables;

/// <summary>Uploads that are something else, too much, or somewhere else.</summary>
internal static class UploadAttacks
{
    private static readonly byte[] Gif = Convert.FromBase64String("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");

    public static IReadOnlyList<Attack> All { get; } =
    [
        Refused("script as an image", "an SVG that runs a script", 415, () => Encoding.ASCII.GetBytes("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>")),
        Refused("page as an image", "HTML", 415, () => Encoding.ASCII.GetBytes("<!doctype html><script>alert(1)</script>")),
        Refused("SVG that reads files", "an SVG with an entity of /etc/passwd", 415, () => Encoding.ASCII.GetBytes("<?xml version='1.0'?><!DOCTYPE s [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><svg>&x;</svg>")),
        Refused("program of ImageMagick", "an MVG that reads a file", 415, () => Encoding.ASCII.GetBytes("push graphic-context\nimage over 0,0 0,0 'text:/etc/passwd'\npop graphic-context")),
        Refused("archive", "a ZIP", 415, () => [0x50, 0x4B, 3, 4, 0, 0]),
        Refused("PDF", "a PDF", 415, () => Encoding.ASCII.GetBytes("%PDF-1.7\n")),
        Refused("half an image", "the first bytes of a GIF", 400, () => Encoding.ASCII.GetBytes("GIF89a")),
        Refused("40 billion pixels", "a PNG whose header says 200,000 by 200,000", [400, 413], () => Png(200_000, 200_000, [])),
        Refused("negative size", "a PNG of size 0x80000000", [400, 413, 415], () => Png(int.MinValue, 1, [])),
        new("bomb", "a PNG of 8,000 by 8,000 in a few kilobytes, to be unpacked on arrival", async a =>
        {
            var answer = await a.UploadAsync(new ByteArrayContent(Png(8_000, 8_000, Deflate(8_000 * 8_001))), a.Server.Mallory);
            answer.Status.ShouldBeOneOf(201, 400, 413);
            return answer.Status is 201 ? "201, only its header was read" : answer.ToString();
        }),
        new("two things at once", "a GIF that is JavaScript and HTML too", async a =>
        {
            var answer = await a.UploadAsync(new ByteArrayContent([.. Gif, .. "*/=1;alert(1)//<script>alert(1)</script>"u8]), a.Server.Mallory);
            answer.Status.ShouldBeOneOf(201, 400);
            answer.Body.ShouldNotContain("script");
            return answer.Status is 201 ? "201 as a GIF, which links serve as an attachment of that type" : answer.ToString();
        }),
        Form("path as a file's name", "../../../../tmp/evil.png", "../../../../tmp/evil.png"),
        Form("line break in a file's name", "a%0d%0aSet-Cookie: a=b.png", "a%0d%0aSet-Cookie: a=b.png"),
        Form("zero byte in a file's name", "evil.png%00.html", "evil.png%00.html"),
        Form("stream of Windows as a file's name", "evil.png::$DATA", "evil.png::$DATA"),
        new("two files", "a form with a second file that nobody hears of", async a =>
        {
            using var form = new MultipartFormDataContent { { new ByteArrayContent(Gif), "a", "a.gif" }, { new ByteArrayContent(Gif), "b", "b.gif" } };
            var answer = await a.UploadAsync(form, a.Server.Mallory);
            answer.Status.ShouldBe(400);
            return answer.ToString();
        }),
        Typed("boundary without end", "a boundary of 10,000 letters", $"multipart/form-data; boundary={new string('b', 10_000)}", 400),
        Typed("no boundary", "a form without one", "multipart/form-data", 400),
        Typed("endless headers in a form", "20,000 letters of headers", "multipart/form-data; boundary=b", 400, $"--b\r\nX-A: {new string('a', 20_000)}\r\n\r\n"),
        Typed("many headers in a form", "1,000 of them", "multipart/form-data; boundary=b", 400, $"--b\r\n{string.Concat(Enumerable.Repeat("X: y\r\n", 1_000))}\r\n"),
        Attack.Refused("compressed upload", "Content-Encoding gzip", a => a.UploadAsync(new ByteArrayContent(Gif) { Headers = { ContentEncoding = { "gzip" } } }, a.Server.Mallory), 415),
        Attack.Refused("large upload", "5 MB where 1 is allowed, announced", a => a.WireAsync("Content-Length: 5242880\r\n", $"POST /uploads HTTP/1.1\r\nHost: {a.Host}\r\n", "GIF", a.Server.Mallory), 413),
        Attack.Refused("large upload in chunks", "1.5 MB where 1 is allowed, unannounced", a => a.UploadAsync(new StreamContent(new MemoryStream(NoisePng.Create(new Dimensions(720, 720), seed: 1))), a.Server.Mallory), 413),
        Attack.Refused("upload without a token", "POST /uploads by an outsider", a => a.UploadAsync(new ByteArrayContent(Gif), null), 401),
        Attack.Refused("reading the uploads", "GET /uploads with a token", a => a.GetAsync("/uploads", token: a.Server.Mallory), 405),
        Attack.Refused("reading another's upload", "GET /uploads/ID with a token", a => a.GetAsync($"/uploads/{a.Server.Alice.Upload}", token: a.Server.Mallory), 404),
        Attack.Refused("another's upload by a link", "/images/ID of an upload", a => a.GetAsync($"/images/{a.Server.Alice.Upload}", token: a.Server.Mallory), 404),
        Attack.Refused("upload to a path", "PUT /uploads/../../evil.png", a => a.GetAsync("/uploads/..%2f..%2fevil.png", verb: HttpMethod.Put, token: a.Server.Mallory), 404, 405),
    ];

    private static Attack Refused(string name, string tries, int status, Func<byte[]> bytes) => Refused(name, tries, [status], bytes);

    private static Attack Refused(string name, string tries, int[] statuses, Func<byte[]> bytes) =>
        Attack.Refused(name, tries, a => a.UploadAsync(new ByteArrayContent(bytes()), a.Server.Mallory), statuses);

    private static Attack Form(string name, string tries, string file) => new(name, tries, async a =>
    {
        var part = "--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"" + Uri.UnescapeDataString(file).ReplaceLineEndings("\r\n ") + "\"\r\n\r\n";
        var content = new ByteArrayContent([.. Encoding.Latin1.GetBytes(part), .. Gif, .. "\r\n--b--\r\n"u8]);
        content.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=b");
        var answer = await a.UploadAsync(content, a.Server.Mallory);
        answer.Status.ShouldBeOneOf(201, 400);
        answer.Body.ShouldNotContain("evil");
        Directory.EnumerateFiles(a.Server.Server.Root, "*evil*", SearchOption.AllDirectories).ShouldBeEmpty();
        File.Exists("/tmp/evil.png").ShouldBeFalse();
        return answer.Status is 201 ? "201, stored under a name of the server's own" : answer.ToString();
    });

    private static Attack Typed(string name, string tries, string type, int status, string body = "--b\r\n\r\n") => Attack.Refused(
        name,
        tries,
        a =>
        {
            var content = new ByteArrayContent(Encoding.ASCII.GetBytes(body));
            content.Headers.TryAddWithoutValidation("Content-Type", type);
            return a.UploadAsync(content, a.Server.Mallory);
        },
        status);

    private static byte[] Png(int width, int height, byte[] data)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8;
        return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, .. Chunk("IHDR"u8, header), .. data.Length is 0 ? [] : Chunk("IDAT"u8, data), .. Chunk("IEND"u8, [])];
    }

    private static byte[] Deflate(int length)
    {
        var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            zlib.Write(new byte[length]);
        }

        return packed.ToArray();
    }

    private static byte[] Chunk(ReadOnlySpan<byte> type, byte[] data)
    {
        byte[] content = [.. type, .. data];
        var crc = uint.MaxValue;
        foreach (var value in content)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) is 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
            }
        }

        var (length, check) = (new byte[4], new byte[4]);
        BinaryPrimitives.WriteInt32BigEndian(length, data.Length);
        BinaryPrimitives.WriteUInt32BigEndian(check, ~crc);
        return [.. length, .. content, .. check];
    }
}
