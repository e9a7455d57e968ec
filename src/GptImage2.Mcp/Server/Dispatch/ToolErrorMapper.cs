using GptImage2.Mcp.Results;
using GptImage2.Mcp.Tools.Base;
using GptImage2.Mcp.Tools.Help;

namespace GptImage2.Mcp.Server.Dispatch;

/// <summary>The only place where a failure becomes a tool result, or an error of the protocol where there is no result to put it in.</summary>
internal sealed partial class ToolErrorMapper(ILogger<ToolErrorMapper> logger)
{
    public async Task<ToolResponse> MapAsync(ITool tool, Func<Task<ToolResponse>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call();
        }
        catch (ImageException expected)
        {
            return tool.CreateErrorResponse(ErrorHelpTopics.WithHelpTopic(expected));
        }
        catch (ImagingUnavailableException missing)
        {
            return tool.CreateErrorResponse(new Failure { Code = FailureCode.ImagingUnavailable, Message = missing.Message });
        }
        catch (Exception bug) when (bug is not (McpException or InputRequiredException) && !(bug is OperationCanceledException && cancellationToken.IsCancellationRequested))
        {
            LogBug(bug);
            return tool.CreateErrorResponse(new Failure
            {
                Code = FailureCode.Internal,
                Message = "An unexpected error occurred in this server; its log file has the details. Check list_images before calling again: any image that was made is there.",
                Retry = RetryAdvice.Later,
                Billed = tool.GetDefinition().Annotations?.ReadOnlyHint is true ? Billing.No : Billing.Unknown,
            });
        }
    }

    /// <summary>For resources, prompts and completions: the SDK hides the words of any exception but its own.</summary>
    public static async Task<T> MapToProtocolErrorAsync<T>(Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (ImageException wrong) when (wrong.Failure.Retry is RetryAdvice.Changed)
        {
            throw new McpProtocolException(wrong.Message, McpErrorCode.InvalidParams);
        }
        catch (Exception expected) when (expected is ImageException or UnreadableImageException or ImagingUnavailableException)
        {
            throw new McpProtocolException(expected.Message, McpErrorCode.InternalError);
        }
    }

    [LoggerMessage(LogLevel.Error, "A call hit a bug")]
    private partial void LogBug(Exception bug);
}
