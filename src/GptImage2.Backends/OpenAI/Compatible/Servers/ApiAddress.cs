namespace GptImage2.Backends.OpenAI.Compatible.Servers;

/// <summary>Where a server is. Users write its address with or without the version of the API.</summary>
/// <param name="Root">Without a slash at the end.</param>
/// <param name="Api">What precedes /images/generations.</param>
internal sealed partial record ApiAddress(string Root, string Api)
{
    public static ApiAddress Parse(Uri url)
    {
        var written = url.GetLeftPart(UriPartial.Path).TrimEnd('/');
        var version = Version.Match(written);
        return version.Success
            ? new ApiAddress(written[..version.Index], written)
            : new ApiAddress(written, $"{written}{(url.Host is "openrouter.ai" ? "/api/v1" : "/v1")}");
    }

    [GeneratedRegex("(?:/api)?/v[0-9]+$", RegexOptions.CultureInvariant)]
    private static partial Regex Version { get; }
}
