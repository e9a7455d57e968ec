using GptImage2.Mcp.Templates;
using Microsoft.Extensions.Logging;

namespace GptImage2.Mcp.Hosting;

/// <summary>Tells the user what to mend in templates of their own. Ours are held by tests, so a start without such a folder reads nothing.</summary>
internal sealed partial class TemplateReport(TemplateOptions options, TemplateLibrary library, TemplateValues values, Toolbox tools, ILogger<TemplateReport> logger)
{
    public void Tell()
    {
        if (options.Folder is null)
        {
            return;
        }

        foreach (var problem in Problems())
        {
            LogProblem(problem.ToString());
        }
    }

    /// <summary>What cannot be read, and calls that their tool would refuse.</summary>
    public IEnumerable<TemplateProblem> Problems() => [.. library.Problems, .. library.All.SelectMany(Refused)];

    /// <summary>Fills the template with samples, once with all arguments and once with the fewest, and holds its calls to the tools' own schemas.</summary>
    private IEnumerable<TemplateProblem> Refused(Template template)
    {
        HoleValues[] samples = [Sample(template, all: true), Sample(template, all: false)];
        return samples.SelectMany(sample => Refused(template, sample)).Distinct();
    }

    private List<TemplateProblem> Refused(Template template, HoleValues sample)
    {
        try
        {
            return
            [
                .. from call in FilledCall.In(template.Fill(sample))
                   from objection in tools.Objections(call.Tool, call.Arguments)
                   select new TemplateProblem(template.File, template.Body.Calls.First(written => written.Tool == call.Tool).Line, $"{call.Tool} would refuse this call: {objection}"),
            ];
        }
        catch (TemplateCallException invalid)
        {
            return [new TemplateProblem(template.File, invalid.Line, invalid.Message)];
        }
    }

    private HoleValues Sample(Template template, bool all) => template.Arguments
        .Where(argument => all || argument.Required || argument.Default is not null)
        .Aggregate(HoleValues.None, (filled, argument) => filled.With(argument.Name, argument.Default ?? values.ChoicesOf(argument)?[0] ?? "1"));

    [LoggerMessage(LogLevel.Warning, "Template {Problem}")]
    private partial void LogProblem(string problem);
}
