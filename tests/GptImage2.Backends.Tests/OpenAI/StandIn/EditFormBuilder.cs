using System.Net.Http.Headers;
using GptImage2.Imaging;
using GptImage2.Testing.Images;

namespace GptImage2.Backends.Tests.OpenAI.StandIn;

/// <summary>A form written by hand, part by part, so that the stand-in can be asked for anything.</summary>
internal sealed class EditFormBuilder
{
    public static readonly Dimensions Small = new(64, 48);

    private readonly List<(string Name, byte[] Head, byte[] Content)> _parts = [];

    /// <summary>The least that is accepted.</summary>
    public static EditFormBuilder Legal => new EditFormBuilder().Text("model", "gpt-image-2").Text("prompt", "a fox").Image("image[]", PngEncoder.Gradient(Small, 1));

    /// <summary>A mask that is accepted with it.</summary>
    public static byte[] Clear => PngEncoder.Gradient(Small, 1, alpha: true);

    public EditFormBuilder Text(string name, string value) => Part(name, $"Content-Disposition: form-data; name=\"{name}\"", Encoding.UTF8.GetBytes(value));

    public EditFormBuilder Image(string name, byte[] bytes, string fileName = "image-1.png", string type = "image/png") =>
        Part(name, $"Content-Disposition: form-data; name=\"{name}\"; filename=\"{fileName}\"\r\nContent-Type: {type}", bytes);

    public EditFormBuilder Mask(byte[] bytes, string fileName = "mask.png", string type = "image/png") => Image("mask", bytes, fileName, type);

    public EditFormBuilder Part(string name, string headers, byte[] content)
    {
        _parts.Add((name, Encoding.UTF8.GetBytes($"--edge\r\n{headers}\r\n\r\n"), content));
        return this;
    }

    public EditFormBuilder Without(string name)
    {
        _parts.RemoveAll(part => part.Name == name);
        return this;
    }

    public byte[] ToBytes()
    {
        using var bytes = new MemoryStream();
        foreach (var (_, head, content) in _parts)
        {
            bytes.Write(head);
            bytes.Write(content);
            bytes.Write("\r\n"u8);
        }

        bytes.Write("--edge--\r\n"u8);
        return bytes.ToArray();
    }

    public HttpContent ToContent(byte[]? bytes = null) => new ByteArrayContent(bytes ?? ToBytes())
    {
        Headers = { ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=edge") },
    };
}
