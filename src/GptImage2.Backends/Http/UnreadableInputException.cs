namespace GptImage2.Backends.Http;

/// <summary>A file that belongs into a request cannot be read, or is not as long as it was.</summary>
/// <param name="argument">The tool's argument that it comes from.</param>
internal sealed class UnreadableInputException(string argument, Exception? inner = null) : Exception($"{argument} cannot be read.", inner)
{
    public string Argument { get; } = argument;
}
