using GptImage2.Mcp.Terminal.Pictures;
using Microsoft.Extensions.Configuration;

namespace GptImage2.Mcp.Configuration;

/// <summary>The four sources of settings, in rising order: defaults, the file named by GPTIMAGE2_CONFIG, the environment, the command line. Nothing else, and nothing from the working directory.</summary>
internal static class ServerConfiguration
{
    private const string FileVariable = SettingNames.Prefix + "CONFIG";

    /// <param name="switches">Command-line switches in the form <c>--section:key=value</c>.</param>
    /// <exception cref="InvalidSettingsException">The file cannot be read, or a value cannot be used.</exception>
    public static ServerSettings Load(IReadOnlyDictionary<string, string> environment, IReadOnlyList<string> switches, TimeProvider clock)
    {
        var builder = new ConfigurationBuilder();
        if (environment.GetValueOrDefault(FileVariable) is { Length: > 0 } file)
        {
            AddFile(builder, file);
        }

        builder.AddInMemoryCollection(ReadEnvironment(environment));
        builder.AddCommandLine([.. switches]);
        return Read(Build(builder), clock) with { Pictures = PictureProtocols.Detect(environment.GetValueOrDefault) };
    }

    /// <exception cref="InvalidSettingsException">A value cannot be used, or a name means nothing.</exception>
    internal static ServerSettings Read(IConfiguration configuration, TimeProvider clock)
    {
        var reader = new SettingReader(configuration);
        var settings = ServerSettings.Read(reader, clock);

        string[] problems = [.. reader.Problems, .. FindUnknownSettings(configuration, reader.Keys)];
        return problems is [] ? settings : throw new InvalidSettingsException(problems);
    }

    private static IEnumerable<KeyValuePair<string, string?>> ReadEnvironment(IReadOnlyDictionary<string, string> environment) =>
    [
        .. environment
            .Where(variable => variable.Key.StartsWith(SettingNames.Prefix, StringComparison.OrdinalIgnoreCase) && variable.Key != FileVariable)
            .Select(variable => KeyValuePair.Create(
                variable.Key[SettingNames.Prefix.Length..].Replace("__", ":", StringComparison.Ordinal),
                (string?)variable.Value)),
        .. SettingNames.ReadVendorVariables(environment),
    ];

    private static void AddFile(ConfigurationBuilder builder, string file)
    {
        if (!Path.IsPathFullyQualified(file) || !File.Exists(file))
        {
            throw new InvalidSettingsException([$"{FileVariable}: expected the absolute path of a JSON file that exists but received \"{file}\"."]);
        }

        builder.AddJsonFile(file, optional: false, reloadOnChange: false);
    }

    private static IConfigurationRoot Build(ConfigurationBuilder builder)
    {
        try
        {
            return builder.Build();
        }
        catch (Exception unreadable) when (unreadable is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new InvalidSettingsException([$"{FileVariable}: expected a JSON file but received one that cannot be read ({(unreadable.InnerException ?? unreadable).Message})."]);
        }
    }

    private static IEnumerable<string> FindUnknownSettings(IConfiguration configuration, IReadOnlyList<string> known) =>
        from pair in configuration.AsEnumerable()
        where pair.Value is not null && !known.Contains(pair.Key, StringComparer.OrdinalIgnoreCase)
        select $"{SettingNames.ToVariable(pair.Key)}: there is no such setting. {(FindNear(pair.Key, known) is { } near ? $"Nearest: {SettingNames.ToVariable(near)} (on the command line --{near.ToLowerInvariant()})." : "docs/settings.md has all there are.")}";

    /// <summary>What is almost written so, or written so but for its section.</summary>
    private static string? FindNear(string key, IReadOnlyList<string> known) =>
        EditDistance.FindNear(key, known)
        ?? (known.Distinct().Where(other => other.EndsWith($":{key.Split(':')[^1]}", StringComparison.OrdinalIgnoreCase)).ToArray() is [var only] ? only : null);
}

/// <summary>The settings cannot be used; every problem is listed.</summary>
internal sealed class InvalidSettingsException(IReadOnlyList<string> problems) : Exception(string.Join('\n', problems))
{
    public IReadOnlyList<string> Problems => problems;
}
