using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace GptImage2.Mcp.Hosting;

/// <summary>Reads settings one by one, remembers every name it was asked for, and gathers every problem instead of stopping at the first.</summary>
internal sealed class SettingReader(IConfiguration configuration)
{
    private readonly List<string> _problems = [];
    private readonly List<string> _keys = [];

    public IReadOnlyList<string> Problems => _problems;

    /// <summary>Every key asked for, as in <c>Storage:Root</c>.</summary>
    public IReadOnlyList<string> Keys => _keys;

    /// <summary>The value as written, or null when nothing was.</summary>
    public string? Text(string key)
    {
        _keys.Add(key);
        return configuration[key] is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;
    }

    public int Integer(string key, int @default, int min, int max) =>
        Read(key, @default, $"a whole number from {min} to {max}", text =>
            int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max ? value : null);

    public bool Flag(string key, bool @default) => NullableFlag(key) ?? @default;

    public bool? NullableFlag(string key) =>
        Read<bool>(key, null, "true or false", text => bool.TryParse(text, out var value) ? value : null);

    /// <summary>An amount of USD; null for <c>none</c>.</summary>
    public decimal? Usd(string key, decimal? @default) =>
        Text(key) is not { } text ? @default
        : text.Equals("none", StringComparison.OrdinalIgnoreCase) ? null
        : decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) ? value
        : Problem(key, "an amount of USD, as in 2.50, or none", text, @default);

    public string Choice(string key, string @default, params string[] choices) =>
        Text(key) is not { } text ? @default
        : choices.FirstOrDefault(choice => choice.Equals(text, StringComparison.OrdinalIgnoreCase))
            ?? Problem(key, $"one of {string.Join(", ", choices)}", text, @default);

    public Uri Url(string key, string @default) =>
        Text(key) is not { } text ? new Uri(@default)
        : Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp) ? url
        : Problem(key, "an http or https address", text, new Uri(@default));

    /// <summary>An absolute folder, or null when nothing was written.</summary>
    public string? Folder(string key) =>
        Text(key) is not { } text ? null
        : Path.IsPathFullyQualified(text) ? Path.GetFullPath(text)
        : Problem<string?>(key, "an absolute path", text, null);

    /// <summary>Absolute folders, separated as in PATH, or null when nothing was written.</summary>
    public IReadOnlyList<string>? Folders(string key) =>
        Text(key) is not { } text ? null
        : text.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is var folders
            && folders.All(Path.IsPathFullyQualified) ? [.. folders.Select(Path.GetFullPath)]
        : Problem<IReadOnlyList<string>?>(key, $"absolute paths separated by {Path.PathSeparator}", text, null);

    /// <summary>Notes that a value cannot be used, and goes on with another so that the rest is looked at too.</summary>
    public T Problem<T>(string key, string expected, string received, T instead)
    {
        _problems.Add($"{SettingNames.Variable(key)}: expected {expected} but received \"{received}\".");
        return instead;
    }

    private T Read<T>(string key, T @default, string expected, Func<string, T?> parse)
        where T : struct => Read<T>(key, (T?)@default, expected, parse)!.Value;

    private T? Read<T>(string key, T? @default, string expected, Func<string, T?> parse)
        where T : struct => Text(key) is not { } text ? @default : parse(text) ?? Problem(key, expected, text, @default);
}
