using System.Text.Encodings.Web;
using GptImage2.Generation.Rendering;
using GptImage2.Imaging.Codecs;

namespace GptImage2.Backends.OpenAI.Responses;

/// <summary>A JSON text with gaps, in which images will stand as base64: so that none is in memory before it is sent, and then only a piece of it.</summary>
internal sealed class JsonTemplate
{
    private readonly ArrayBufferWriter<byte> _text = new();
    private readonly List<(int Position, InlineImage Image)> _gaps = [];

    public JsonTemplate() => Json = new Utf8JsonWriter(_text, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public Utf8JsonWriter Json { get; }

    /// <summary>A member whose value is the image as a data URL.</summary>
    /// <param name="argument">The tool's argument that it comes from.</param>
    public void WriteImage(string name, RenderInputImage image, string argument)
    {
        Json.WriteString(name, $"data:{image.Format.MediaType};base64,");
        Json.Flush();

        // Before the quotation mark that has just been written.
        _gaps.Add((_text.WrittenCount - 1, new InlineImage(image.Image, argument)));
    }

    /// <returns>The pieces of the text between which the images belong, one more than there are images.</returns>
    public (IReadOnlyList<ReadOnlyMemory<byte>> Pieces, IReadOnlyList<InlineImage> Images) Complete()
    {
        Json.Flush();
        var pieces = new List<ReadOnlyMemory<byte>>();
        var start = 0;
        foreach (var (position, _) in _gaps)
        {
            pieces.Add(_text.WrittenMemory[start..position]);
            start = position;
        }

        return ([.. pieces, _text.WrittenMemory[start..]], [.. _gaps.Select(gap => gap.Image)]);
    }
}

/// <summary>An image that is read only while it is sent.</summary>
/// <param name="Argument">The tool's argument that it comes from.</param>
internal sealed record InlineImage(EncodedImage Content, string Argument);
