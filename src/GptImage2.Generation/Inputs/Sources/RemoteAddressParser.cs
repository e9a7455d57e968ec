namespace GptImage2.Generation.Inputs.Sources;

/// <summary>Reads https addresses. Whether one may be asked is decided where it is asked.</summary>
internal static class RemoteAddressParser
{
    private const int MaxLength = 8_000;

    public static ImageSource Parse(string text, string inbox) =>
        text.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
        && text.Length <= MaxLength
        && !text.Any(character => char.IsControl(character) || char.IsWhiteSpace(character) || character is '\\')
        && Uri.TryCreate(text, UriKind.Absolute, out var address)
            ? new ImageSource.Remote(address)
            : new ImageSource.Unusable($"a whole https:// address, as in https://example.com/fox.png; or save the picture into {inbox} and call again with its file name");
}
