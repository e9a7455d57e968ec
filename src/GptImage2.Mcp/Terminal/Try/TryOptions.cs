using System.CommandLine;
using System.CommandLine.Parsing;
using GptImage2.Generation.Models;
using GptImage2.Generation.Requests;
using GptImage2.Mcp.Terminal.Interaction;

namespace GptImage2.Mcp.Terminal.Try;

/// <summary>The options of <c>try</c>: the arguments of generate_image, by their names.</summary>
/// <param name="model">Whose qualities are named.</param>
internal sealed class TryOptions(ModelProfile model)
{
    /// <summary>What an option says that takes no word.</summary>
    private const string True = "true";

    private const string Number = "number";

    private const string Pixels = "pixels";

    private readonly Argument<string[]> _prompt = new("prompt") { Description = "What the image should show.", Arity = ArgumentArity.OneOrMore };

    private readonly (string Argument, Option<string?> Option)[] _options =
    [
        Create("preset", "Size by its preset name.", string.Join('|', SizePreset.All.Select(preset => preset.Name))),
        Create("width", "In pixels, with --height.", Pixels),
        Create("height", "In pixels, with --width.", Pixels),
        Create("quality", "A higher one costs more.", string.Join('|', model.Qualities.Prepend(ImageQuality.Auto).Distinct().Select(quality => quality.Name))),
        Create("count", "How many images, numbered on one sheet for an agent.", Number),
        Create("format", "Of the file.", "png|webp|jpeg"),
        Create("compression", "0 (smallest) to 100 (best), for webp and jpeg.", Number),
        Create("background", "transparent where the model draws it.", "auto|opaque|transparent"),
        Create("cutout", "The subject alone, with real alpha; translucent for glass, smoke and glow.", "true|translucent"),
        Create("resize_to", "Deliver exactly this size.", "WIDTHxHEIGHT"),
        Create("save_to", "Write one more copy here.", "path"),
        Create("overwrite", "Let that copy replace a file.", null),
        Create("dry_run", "Only say what would be done and what it would cost.", null),
    ];

    /// <summary>What people type for them from habit.</summary>
    private static readonly (string[] Typed, string[] Meant)[] Habits =
    [
        (["--size", "--resolution", "--dimensions"], ["--preset", "--resize-to"]),
        (["--aspect", "--aspect-ratio", "--ratio", "--ar"], ["--preset"]),
        (["-n", "--number"], ["--count"]),
        (["-o", "--out", "--output", "--save"], ["--save-to"]),
        (["--transparent"], ["--cutout", "--background"]),
    ];

    public void AddTo(Command command)
    {
        command.Add(_prompt);
        Array.ForEach(_options, entry => command.Add(entry.Option));
    }

    /// <summary>As an agent's call has them: names with underscores, numbers where numbers belong.</summary>
    public JsonObject Read(ParseResult line)
    {
        var arguments = new JsonObject { ["prompt"] = string.Join(' ', line.GetRequiredValue(_prompt)) };
        foreach (var (argument, option) in _options.Where(entry => line.GetResult(entry.Option) is { Implicit: false }))
        {
            var word = line.GetValue(option) ?? True;
            arguments[argument] = word switch
            {
                True => true,
                _ when option.HelpName is Number or Pixels && int.TryParse(word, CultureInfo.InvariantCulture, out var number) => number,
                _ => word,
            };
        }

        return arguments;
    }

    /// <summary>Words of the prompt need no quotes, so an option that is misspelt would be drawn, and billed.</summary>
    public string? FindUnknownOption(ParseResult line)
    {
        var dashes = line.Tokens.TakeWhile(token => token.Type is not TokenType.DoubleDash).Count();
        var asTheyAre = Math.Max(0, line.Tokens.Count - dashes - 1);
        var words = line.GetResult(_prompt)?.Tokens.SkipLast(asTheyAre).Select(token => token.Value) ?? [];
        return words.FirstOrDefault(word => word is ['-', _, ..]) is { } word ? DescribeUnknown(word.Split('=', ' ')[0]) : null;
    }

    private string DescribeUnknown(string name)
    {
        string[] names = [.. _options.Select(entry => entry.Option.Name)];
        var near = Habits.FirstOrDefault(habit => habit.Typed.Contains(name)).Meant
            ?? [.. NearNames.Find(name.TrimStart('-'), [.. names.Select(known => known.TrimStart('-'))]).Select(known => $"--{known}")];
        return $"There is no option {name}.{(near is [] ? "" : $" Nearest: {string.Join(" or ", near)}.")} A prompt that begins so is written behind --, as in: try -- {name}";
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
