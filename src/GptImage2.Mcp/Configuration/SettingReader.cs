using Microsoft.Extensions.Configuration;

namespace GptImage2.Mcp.Configuration;

/// <summary>Reads settings one by one, remembers every name it was asked for, and gathers every problem instead of stopping at the first.</summary>
internal sealed class SettingReader(IConfiguration configuration)
{
    private readonly List<string> _problems = [];
    private readonly List<string> _keys = [];

    public IReadOnlyList<string> Problems => _problems;

    /// <summary>Every key asked for, as in <c>Storage:Root</c>.</summary>
    public IReadOnlyList<string> Keys => _keys;

    /// <summary>The value as written, or null when nothing was.</summary>
    public string? GetText(string key)
    {
        _keys.Add(key);
        return configuration[key] is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;
    }

    public int GetInteger(string key, int @default, int min, int max) =>
        ReadOrDefault(key, @default, $"a whole number from {min} to {max}", text =>
            int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max ? value : null);

    public bool GetFlag(string key, bool @default) => GetNullableFlag(key) ?? @default;

    public bool? GetNullableFlag(string key) =>
        ReadOrDefault<bool>(key, null, "true or false", text => bool.TryParse(text, out var value) ? value : null);

    /// <summary>An amount of USD; null for <c>none</c>.</summary>
    public decimal? GetUsd(string key, decimal? @default) =>
        GetText(key) is not { } text ? @default
        : text.Equals("none", StringComparison.OrdinalIgnoreCase) ? null
        : decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) ? value
        : AddProblem(key, "an amount of USD, as in 2.50, or none", text, @default);

    public string GetChoice(string key, string @default, params string[] choices) =>
        GetText(key) is not { } text ? @default
        : choices.FirstOrDefault(choice => choice.Equals(text, StringComparison.OrdinalIgnoreCase))
            ?? AddProblem(key, $"one of {string.Join(", ", choices)}", text, @default);

    /// <summary>Names separated by commas, in the order written, each once; empty when nothing was written.</summary>
    public IReadOnlyList<string> GetChoices(string key, IReadOnlyList<string> choices)
    {
        var written = GetText(key)?.Split([',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.OrdinalIgnoreCase).ToArray() ?? [];
        return written.All(name => choices.Contains(name, StringComparer.OrdinalIgnoreCase))
            ? [.. written.Select(name => name.ToLowerInvariant())]
            : AddProblem<IReadOnlyList<string>>(key, $"names out of {string.Join(", ", choices)}, separated by commas,", string.Join(',', written), []);
    }

    public Uri GetUrl(string key, string @default) => GetNullableUrl(key) ?? new Uri(@default);

    /// <summary>An http or https address, or null when nothing was written.</summary>
    public Uri? GetNullableUrl(string key) =>
        GetText(key) is not { } text ? null
        : Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp) ? url
        : AddProblem<Uri?>(key, "an http or https address", text, null);

    /// <summary>Values separated by semicolons, or null when nothing was written.</summary>
    public IReadOnlyList<string>? GetList(string key) => GetText(key)?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>The absolute path of a file, which need not exist, or null when nothing was written.</summary>
    public string? GetFile(string key) => GetFolder(key);

    /// <summary>An absolute folder, or null when nothing was written.</summary>
    public string? GetFolder(string key) =>
        GetText(key) is not { } text ? null
        : Path.IsPathFullyQualified(text) ? Path.GetFullPath(text)
        : AddProblem<string?>(key, "an absolute path", text, null);

    /// <summary>Absolute folders, separated as in PATH, or null when nothing was written.</summary>
    public IReadOnlyList<string>? GetFolders(string key) =>
        GetText(key) is not { } text ? null
        : text.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is var folders
            && folders.All(Path.IsPathFullyQualified) ? [.. folders.Select(Path.GetFullPath)]
        : AddProblem<IReadOnlyList<string>?>(key, $"absolute paths separated by {Path.PathSeparator}", text, null);

    /// <summary>A part of the configuration that somebody else reads and checks.</summary>
    public IConfiguration GetSection(string key)
    {
        _keys.AddRange(configuration.GetSection(key).AsEnumerable().Where(pair => pair.Value is not null).Select(pair => pair.Key));
        return configuration.GetSection(key);
    }

    /// <summary>Notes that a value cannot be used, and goes on with another so that the rest is looked at too.</summary>
    public T AddProblem<T>(string key, string expected, string received, T instead)
    {
        _problems.Add($"{SettingNames.ToVariable(key)}: expected {expected} but received \"{received}\".");
        return instead;
    }

    private T ReadOrDefault<T>(string key, T @default, string expected, Func<string, T?> parse)
        where T : struct => ReadOrDefault<T>(key, (T?)@default, expected, parse)!.Value;

    private T? ReadOrDefault<T>(string key, T? @default, string expected, Func<string, T?> parse)
        where T : struct => GetText(key) is not { } text ? @default : parse(text) ?? AddProblem(key, expected, text, @default);
}
