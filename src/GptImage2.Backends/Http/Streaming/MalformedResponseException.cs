namespace GptImage2.Backends.Http.Streaming;

/// <summary>An answer broke off or makes no sense. The message says how, in words that follow "the answer".</summary>
internal sealed class MalformedResponseException(string how, Exception? inner = null) : Exception(how, inner);
