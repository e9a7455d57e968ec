namespace GptImage2.Backends.Http;

/// <summary>A response was cut off or makes no sense. The message says how, in words that follow "the response".</summary>
internal sealed class MalformedResponseException(string how, Exception? inner = null) : Exception(how, inner);

/// <summary>A file that belongs to a request cannot be read, or its length has changed.</summary>
/// <param name="argument">The tool's argument that it comes from.</param>
internal sealed class UnreadableInputException(string argument, Exception? inner = null) : Exception($"{argument} cannot be read.", inner)
{
    public string Argument { get; } = argument;
}
