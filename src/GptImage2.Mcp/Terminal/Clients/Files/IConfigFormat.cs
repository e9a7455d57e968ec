namespace GptImage2.Mcp.Terminal.Clients.Files;

/// <summary>A language of clients' files.</summary>
internal interface IConfigFormat
{
    /// <summary>What a file says, however it is laid out; an empty one says an empty object.</summary>
    /// <exception cref="ConfigFileException">It cannot be read.</exception>
    JsonObject Read(ReadOnlySpan<byte> text);

    /// <summary>The changes that make a file start the server as the entry says; none where it does.</summary>
    /// <exception cref="ConfigFileException">It cannot be read, or has something else in that place.</exception>
    IReadOnlyList<FileEdit> Plan(ReadOnlyMemory<byte> text, ServerEntry entry);
}

internal static class ConfigFormats
{
    public static IConfigFormat Get(ConfigLanguage language) => language is ConfigLanguage.Toml ? new TomlFormat() : new JsonFormat();

    /// <summary>What a file says, with a byte order mark or without.</summary>
    /// <exception cref="ConfigFileException">It cannot be read.</exception>
    public static JsonObject Read(ConfigLanguage language, ReadOnlySpan<byte> bytes) =>
        Get(language).Read(bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes);
}
