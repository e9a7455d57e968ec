using GptImage2.Backends.Http;
using Microsoft.Extensions.Configuration;

namespace GptImage2.Mcp.Configuration;

/// <summary>Reads settings one by one, remembers every name and shape it was asked for, and gathers every problem instead of stopping at the first.</summary>
internal sealed class SettingReader(IConfiguration configuration)
{
    private readonly List<string> _problems = [];
    private readonly List<string> _keys = [];
    private readonly OrderedDictionary<string, SettingShape> _shapes = [];

    public IReadOnlyList<string> Problems => _problems;

    /// <summary>Every key asked for, as in <c>Storage:Root</c>.</summary>
    public IReadOnlyList<string> Keys => _keys;

    /// <summary>What each of them may be, in the order asked; where one was asked for twice, as it was the first time.</summary>
    public IEnumerable<SettingShape> Shapes => _shapes.Values;

    /// <summary>The value as written, or null when nothing was.</summary>
    public string? GetText(string key) => Read(new SettingShape(key));

    public string GetText(string key, string @default) => Read(new SettingShape(key) { Default = @default }) ?? @default;

    /// <summary>A key or token, or null when nothing was written.</summary>
    public Secret? GetSecret(string key) => Read(new SettingShape(key) { IsSecret = true }) is { } text ? new Secret(text) : null;

    public int GetInteger(string key, int @default, int min, int max) =>
        ReadOrDefault(new SettingShape(key) { Format = SettingFormat.Number, Default = $"{@default}" }, @default, $"a whole number from {min} to {max}", text =>
            int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max ? value : null);

    public bool GetFlag(string key, bool @default) => ReadFlag(key, @default)!.Value;

    public bool? GetNullableFlag(string key) => ReadFlag(key, null);

    /// <summary>An amount of USD; null for <c>none</c>.</summary>
    public decimal? GetUsd(string key, decimal? @default) =>
        Read(new SettingShape(key) { Default = @default is { } amount ? $"{amount}" : null }) is not { } text ? @default
        : text.Equals("none", StringComparison.OrdinalIgnoreCase) ? null
        : decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) ? value
        : AddProblem(key, "an amount of USD, as in 2.50, or none", text, @default);

    public string GetChoice(string key, string @default, params string[] choices) =>
        Read(new SettingShape(key) { Default = @default, Choices = choices }) is not { } text ? @default
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

    public Uri GetUrl(string key, string @default) => ReadUrl(key, @default) ?? new Uri(@default);

    /// <summary>An http or https address, or null when nothing was written.</summary>
    public Uri? GetNullableUrl(string key) => ReadUrl(key, null);

    /// <summary>Values separated by semicolons, or null when nothing was written.</summary>
    public IReadOnlyList<string>? GetList(string key) => GetText(key)?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>The absolute path of a file, which need not exist, or null when nothing was written.</summary>
    public string? GetFile(string key) => GetFolder(key);

    /// <summary>An absolute folder, or null when nothing was written.</summary>
    public string? GetFolder(string key) =>
        Read(new SettingShape(key) { Format = SettingFormat.Path }) is not { } text ? null
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

    private string? Read(SettingShape shape)
    {
        _keys.Add(shape.Key);
        _shapes.TryAdd(shape.Key, shape);
        return configuration[shape.Key] is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;
    }

    private bool? ReadFlag(string key, bool? @default) => ReadOrDefault(
        new SettingShape(key) { Format = SettingFormat.Flag, Default = @default is { } value ? value ? "true" : "false" : null },
        @default, "true or false", text => bool.TryParse(text, out var flag) ? flag : null);

    private Uri? ReadUrl(string key, string? @default) =>
        Read(new SettingShape(key) { Default = @default }) is not { } text ? null
        : Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp) ? url
        : AddProblem<Uri?>(key, "an http or https address", text, null);

    private T ReadOrDefault<T>(SettingShape shape, T @default, string expected, Func<string, T?> parse)
        where T : struct => ReadOrDefault<T>(shape, (T?)@default, expected, parse)!.Value;

    private T? ReadOrDefault<T>(SettingShape shape, T? @default, string expected, Func<string, T?> parse)
        where T : struct => Read(shape) is not { } text ? @default : parse(text) ?? AddProblem(shape.Key, expected, text, @default);
}
