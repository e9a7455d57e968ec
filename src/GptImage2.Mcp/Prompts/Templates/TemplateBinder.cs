using GptImage2.Generation.Models;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;

namespace GptImage2.Mcp.Prompts.Templates;

/// <summary>Turns what a caller gave into what fills a template's variables.</summary>
internal sealed class TemplateBinder(TemplateValueKinds values)
{
    /// <exception cref="InvalidRequestException">An argument is missing, unknown or cannot be; every one is named.</exception>
    public TemplateContext Bind(Template template, IReadOnlyDictionary<string, string> given)
    {
        var filled = TemplateContext.Empty;
        var violations = new List<Violation>(FindUnknownArguments(template, given));
        foreach (var argument in template.Arguments)
        {
            var items = GetItems(argument, given);
            violations.AddRange(FindInvalidItems(argument, items));
            filled = items is [] ? filled : filled.With(argument.Name, items);
        }

        return violations is [] ? filled : throw new InvalidRequestException(violations);
    }

    /// <summary>What is still to be given stands as its name in angle brackets, for a reader who fills it in.</summary>
    public static TemplateContext BindPlaceholders(Template template) => template.Arguments.Aggregate(TemplateContext.Empty, (filled, argument) => argument switch
    {
        { Default: not null } => filled.With(argument.Name, SplitItems(argument, argument.Default)),
        { Required: false, Shown: false } => filled,
        { IsList: true } => filled.With(argument.Name, argument.GetPlaceholder(1), argument.GetPlaceholder(2)),
        _ => filled.With(argument.Name, argument.GetPlaceholder()),
    });

    private static string[] GetItems(TemplateArgument argument, IReadOnlyDictionary<string, string> given) =>
        (given.TryGetValue(argument.Name, out var text) && !string.IsNullOrWhiteSpace(text) ? text : argument.Default) is { } value
            ? SplitItems(argument, value)
            : [];

    private static string[] SplitItems(TemplateArgument argument, string value) =>
        argument.IsList ? value.Trim().Split(value.Trim().Contains('\n', StringComparison.Ordinal) ? '\n' : ';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) : [value.Trim()];

    private IEnumerable<Violation> FindInvalidItems(TemplateArgument argument, string[] items)
    {
        if (items is [])
        {
            return argument.Required ? [new Violation(argument.Name, DescribeExpected(argument), "nothing")] : [];
        }

        if (argument.Values is TemplateValueKinds.Numbers)
        {
            return items.Where(item => !double.TryParse(item, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
                .Select(item => new Violation(argument.Name, "a number", Violation.Quote(item), argument.Default));
        }

        return values.GetChoices(argument) is { } choices
            ? items.Where(item => !choices.Contains(item)).Select(item => new Violation(argument.Name, $"one of {string.Join(", ", choices)}", Violation.Quote(item), EditDistance.FindNearest(item, choices)))
            : [];
    }

    private static string DescribeExpected(TemplateArgument argument) =>
        $"{char.ToLowerInvariant(argument.Description[0])}{argument.Description[1..].TrimEnd('.')}{(argument.IsList ? " (one a line)" : "")}";

    private static IEnumerable<Violation> FindUnknownArguments(Template template, IReadOnlyDictionary<string, string> given)
    {
        string[] known = [.. template.Arguments.Select(argument => argument.Name)];
        return given.Keys
            .Where(name => !known.Contains(name))
            .Select(name => new Violation(Violation.Shorten(name), $"an argument of {template.Name} ({string.Join(", ", known)})", "an unknown name", known is [] ? null : EditDistance.FindNearest(name, known)));
    }
}

/// <summary>The kinds of values that a template's argument can have by name.</summary>
internal sealed class TemplateValueKinds(BackendRegistry backends)
{
    public const string Images = "images";

    public const string Numbers = "numbers";

    public static IReadOnlyList<string> Names { get; } = [Images, "jobs", Numbers, "presets", "qualities", "roles"];

    /// <summary>All values the argument can have, or null when they cannot be told beforehand.</summary>
    public IReadOnlyList<string>? GetChoices(TemplateArgument argument) => argument switch
    {
        { Choices: { Count: > 0 } choices } => choices,
        { Values: "presets" } => [.. SizePreset.All.Select(preset => preset.Name)],
        { Values: "qualities" } => [.. backends.Default.Profile.Qualities.Select(quality => quality.Name)],
        { Values: "roles" } => [.. Enum.GetValues<ReferenceRole>().Select(role => role.Name)],
        _ => null,
    };
}
