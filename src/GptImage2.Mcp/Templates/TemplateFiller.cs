using System.Globalization;
using GptImage2.Generation.Failures;
using GptImage2.Mcp.Results;

namespace GptImage2.Mcp.Templates;

/// <summary>Turns what a caller gave into what fills a template's holes.</summary>
internal sealed class TemplateFiller(TemplateValues values)
{
    /// <exception cref="InvalidRequestException">An argument is missing, unknown or cannot be; every one is named.</exception>
    public HoleValues Checked(Template template, IReadOnlyDictionary<string, string> given)
    {
        var filled = HoleValues.None;
        var violations = new List<Violation>(Unknown(template, given));
        foreach (var argument in template.Arguments)
        {
            var items = Items(argument, given);
            violations.AddRange(Wrong(argument, items));
            filled = items is [] ? filled : filled.With(argument.Name, items);
        }

        return violations is [] ? filled : throw new InvalidRequestException(violations);
    }

    /// <summary>What is still to be given stands as its name in angle brackets, for a reader who fills it in.</summary>
    public static HoleValues Open(Template template) => template.Arguments.Aggregate(HoleValues.None, (filled, argument) => argument switch
    {
        { Default: not null } => filled.With(argument.Name, Split(argument, argument.Default)),
        { Required: true, IsList: true } => filled.With(argument.Name, $"<{argument.Name} 1>", $"<{argument.Name} 2>"),
        { Required: true } => filled.With(argument.Name, $"<{argument.Name}>"),
        _ => filled,
    });

    private static string[] Items(TemplateArgument argument, IReadOnlyDictionary<string, string> given) =>
        (given.TryGetValue(argument.Name, out var text) && !string.IsNullOrWhiteSpace(text) ? text : argument.Default) is { } value
            ? Split(argument, value)
            : [];

    private static string[] Split(TemplateArgument argument, string value) =>
        argument.IsList ? value.Trim().Split(value.Trim().Contains('\n', StringComparison.Ordinal) ? '\n' : ';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) : [value.Trim()];

    private IEnumerable<Violation> Wrong(TemplateArgument argument, string[] items)
    {
        if (items is [])
        {
            return argument.Required ? [new Violation(argument.Name, Expected(argument), "nothing")] : [];
        }

        if (argument.Values is TemplateValues.Numbers)
        {
            return items.Where(item => !double.TryParse(item, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
                .Select(item => new Violation(argument.Name, "a number", Violation.Quote(item), argument.Default));
        }

        return values.ChoicesOf(argument) is { } choices
            ? items.Where(item => !choices.Contains(item)).Select(item => new Violation(argument.Name, $"one of {string.Join(", ", choices)}", Violation.Quote(item), EditDistance.Nearest(item, choices)))
            : [];
    }

    private static string Expected(TemplateArgument argument) =>
        $"{char.ToLowerInvariant(argument.Description[0])}{argument.Description[1..].TrimEnd('.')}{(argument.IsList ? " (one a line)" : "")}";

    private static IEnumerable<Violation> Unknown(Template template, IReadOnlyDictionary<string, string> given)
    {
        string[] known = [.. template.Arguments.Select(argument => argument.Name)];
        return given.Keys
            .Where(name => !known.Contains(name))
            .Select(name => new Violation(Violation.Shorten(name), $"an argument of {template.Name} ({string.Join(", ", known)})", "an unknown name", known is [] ? null : EditDistance.Nearest(name, known)));
    }
}
