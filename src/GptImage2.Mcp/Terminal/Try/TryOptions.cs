using System.CommandLine;
using System.CommandLine.Parsing;
using GptImage2.Generation.Models;
using GptImage2.Generation.Requests;

namespace GptImage2.Mcp.Terminal.Try;

/// <summary>The options of <c>try</c>: the arguments of generate_image, by their names.</summary>
internal sealed class TryOptions
{
    /// <summary>What an option says that takes no word.</summary>
    private const string True = "true";

    private readonly Argument<string[]> _prompt = new("prompt") { Description = "What the image should show.", Arity = ArgumentArity.OneOrMore };

    private readonly (string Argument, Option<string?> Option)[] _options =
    [
        Create("preset", "Size by its preset name.", string.Join('|', SizePreset.All.Select(preset => preset.Name))),
        Create("width", "In pixels, with --height.", "pixels"),
        Create("height", "In pixels, with --width.", "pixels"),
        Create("quality", "A higher one costs more. Not every model has xhigh and max.", string.Join('|', Enum.GetValues<ImageQuality>().Select(quality => quality.Name))),
        Create("count", "How many images, numbered on one sheet for an agent.", "number"),
        Create("format", "Of the file.", "png|webp|jpeg"),
        Create("compression", "0 (smallest) to 100 (best), for webp and jpeg.", "number"),
        Create("background", "transparent where the model draws it.", "auto|opaque|transparent"),
        Create("cutout", "The subject alone, with real alpha; translucent for glass, smoke and glow.", "true|translucent"),
        Create("resize_to", "Deliver exactly this size.", "WIDTHxHEIGHT"),
        Create("save_to", "Write one more copy here.", "path"),
        Create("overwrite", "Let that copy replace a file.", null),
        Create("dry_run", "Only say what would be done and what it would cost.", null),
    ];

    public void AddTo(Command command)
    {
        command.Add(_prompt);
        Array.ForEach(_options, entry => command.Add(entry.Option));
        _prompt.Validators.Add(RefuseUnknownOptions);
    }

    /// <summary>As an agent's call has them: names with underscores, numbers where a number was typed.</summary>
    public JsonObject Read(ParseResult line)
    {
        var arguments = new JsonObject { ["prompt"] = string.Join(' ', line.GetRequiredValue(_prompt)) };
        foreach (var (argument, option) in _options.Where(entry => line.GetResult(entry.Option) is { Implicit: false }))
        {
            var word = line.GetValue(option) ?? True;
            arguments[argument] = word switch
            {
                True => true,
                _ when int.TryParse(word, CultureInfo.InvariantCulture, out var number) => number,
                _ => word,
            };
        }

        return arguments;
    }

    /// <summary>Words of the prompt need no quotes, so an option that is misspelt would be drawn, and billed.</summary>
    private void RefuseUnknownOptions(ArgumentResult prompt)
    {
        foreach (var word in prompt.Tokens.Select(token => token.Value).Where(word => word.StartsWith("--", StringComparison.Ordinal)))
        {
            var name = word.Split('=')[0];
            prompt.AddError($"There is no option {name}. Nearest: {EditDistance.FindNearest(name, [.. _options.Select(entry => entry.Option.Name)])}. A prompt that begins so wants quotes and a word in front.");
        }
    }

    /// <param name="words">What may stand behind it; null for a flag.</param>
    private static (string Argument, Option<string?> Option) Create(string argument, string description, string? words)
    {
        var option = new Option<string?>($"--{argument.Replace('_', '-')}") { Description = description, HelpName = words, Arity = words is null ? ArgumentArity.Zero : ArgumentArity.ExactlyOne };
        if (argument.Contains('_', StringComparison.Ordinal))
        {
            option.Aliases.Add($"--{argument}");
        }

        return (argument, option);
    }
}
