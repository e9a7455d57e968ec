namespace GptImage2.Mcp.Terminal.Clients.Files;

/// <summary>A client's file that must be left alone; the message says why, and where in the file.</summary>
internal sealed class ConfigFileException(string message, Exception? inner = null) : Exception(message, inner);
