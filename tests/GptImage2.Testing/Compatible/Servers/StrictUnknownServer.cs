namespace GptImage2.Testing.Compatible.Servers;

/// <summary>A server that nobody has heard of: OpenAI's form, and what all understand.</summary>
public sealed class StrictUnknownServer : StrictFormServer;
