using System.Text;
using GptImage2.Imaging.Codecs;

namespace GptImage2.Backends.Http;

/// <summary>One part of a form: a text, or a file that is read only while it is sent. Names are ours and need no escaping.</summary>
internal abstract record MultipartFormPart
{
    private MultipartFormPart(string name) => Name = name;

    public string Name { get; }

    /// <summary>What stands before the content: the delimiter and the headers.</summary>
    public byte[] BuildHeader(string boundary) => Encoding.UTF8.GetBytes($"--{boundary}\r\nContent-Disposition: form-data; name=\"{Name}\"{HeaderSuffix}\r\n\r\n");

    protected abstract string HeaderSuffix { get; }

    public sealed record Text(string Name, string Value) : MultipartFormPart(Name)
    {
        protected override string HeaderSuffix => "";
    }

    /// <param name="Argument">The tool's argument that it comes from.</param>
    public sealed record File(string Name, string FileName, string MediaType, EncodedImage Content, string Argument) : MultipartFormPart(Name)
    {
        protected override string HeaderSuffix => $"; filename=\"{FileName}\"\r\nContent-Type: {MediaType}";
    }
}
