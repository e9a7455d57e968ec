using GptImage2.Mcp.Prompts.Templates;
using GptImage2.Mcp.Server.Dispatch;

namespace GptImage2.Mcp.Server;

/// <summary>Tells the user what to fix in templates of their own. Ours are checked by tests, so a start without such a folder reads nothing.</summary>
internal sealed partial class TemplateValidator(TemplateLibrary library, TemplateValueKinds values, ToolDispatcher tools, ILogger<TemplateValidator> logger)
{
    public void LogProblems()
    {
        foreach (var problem in FindProblems())
        {
            LogProblem(problem.ToString());
        }
    }

    /// <summary>What cannot be read, and calls that their tool would refuse.</summary>
    public IEnumerable<TemplateProblem> FindProblems() => [.. library.Problems, .. library.All.SelectMany(FindRefusedCalls)];

    /// <summary>Fills the template with samples, once with all arguments and once with the fewest, and holds its calls to the tools' own schemas.</summary>
    private IEnumerable<TemplateProblem> FindRefusedCalls(Template template)
    {
        TemplateContext[] samples = [CreateSampleValues(template, all: true), CreateSampleValues(template, all: false)];
        return samples.SelectMany(sample => FindRefusedCalls(template, sample)).Distinct();
    }

    private List<TemplateProblem> FindRefusedCalls(Template template, TemplateContext sample)
    {
        try
        {
            return
            [
                .. from call in RenderedToolCall.Parse(template.Render(sample))
                   from objection in tools.FindViolations(call.Tool, call.Arguments)
                   select new TemplateProblem(template.File, template.Body.Calls.First(written => written.Tool == call.Tool).Line, $"{call.Tool} would refuse this call: {objection}"),
            ];
        }
        catch (TemplateCallException invalid)
        {
            return [new TemplateProblem(template.File, invalid.Line, invalid.Message)];
        }
    }

    private TemplateContext CreateSampleValues(Template template, bool all) => template.Arguments
        .Where(argument => all || argument.Required || argument.Default is not null)
        .Aggregate(TemplateContext.Empty, (filled, argument) => filled.With(argument.Name, argument.Default ?? values.GetChoices(argument)?[0] ?? "1"));

    [LoggerMessage(LogLevel.Warning, "Template {Problem}")]
    private partial void LogProblem(string problem);
}
