using GptImage2.Generation.Failures;
using GptImage2.Imaging;
using GptImage2.Mcp.Results;
using GptImage2.Mcp.Tools;
using Microsoft.Extensions.Logging;
using ModelContextProtocol;

namespace GptImage2.Mcp.Hosting;

/// <summary>The only place where a failure becomes a tool result.</summary>
internal sealed partial class ExplainFailures(ILogger<ExplainFailures> logger)
{
    public async Task<ToolAnswer> CallAsync(ITool tool, Func<Task<ToolAnswer>> call)
    {
        try
        {
            return await call();
        }
        catch (ImageException expected)
        {
            return tool.Explain(expected.Failure);
        }
        catch (ImagingUnavailableException missing)
        {
            return tool.Explain(new Failure { Code = FailureCode.ImagingUnavailable, Message = missing.Message });
        }
        catch (Exception bug) when (bug is not (OperationCanceledException or McpException))
        {
            LogBug(bug);
            return tool.Explain(new Failure
            {
                Code = FailureCode.Internal,
                Message = "Something unforeseen went wrong in this server; its log file has the details. Nothing more was spent than list_images shows.",
                Retry = RetryAdvice.Same,
            });
        }
    }

    [LoggerMessage(LogLevel.Error, "A call hit a bug")]
    private partial void LogBug(Exception bug);
}
