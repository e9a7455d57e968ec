using GptImage2.Generation.Requests;
using GptImage2.Generation.Storage;
using GptImage2.Mcp.Results;
using GptImage2.Mcp.Tools.Base;
using GptImage2.Mcp.Tools.Help;

namespace GptImage2.Mcp.Server.Dispatch;

/// <summary>The only place where a failure becomes a tool result, or an error of the protocol where there is no result to put it in.</summary>
internal sealed partial class ToolErrorMapper(StorageOptions storage, ILogger<ToolErrorMapper> logger)
{
    public async Task<ToolResponse> MapAsync(Caller caller, ITool tool, Func<Task<ToolResponse>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call();
        }
        catch (ImageException expected)
        {
            var failure = ErrorHelpTopics.WithHelpTopic(expected);
            return Refuse(tool, failure with { Message = HidePaths(caller, failure.Message) });
        }
        catch (ImagingUnavailableException missing)
        {
            return Refuse(tool, new Failure { Code = FailureCode.ImagingUnavailable, Message = HidePaths(caller, missing.Message) });
        }
        catch (Exception bug) when (bug is not (McpException or InputRequiredException) && !(bug is OperationCanceledException && cancellationToken.IsCancellationRequested))
        {
            LogBug(bug);
            return Refuse(tool, new Failure
            {
                Code = FailureCode.Internal,
                Message = "An unexpected error occurred in this server; its log file has the details. Check list_images before calling again: any image that was made is there.",
                Retry = RetryAdvice.Later,
                Billed = tool.GetDefinition().Annotations?.ReadOnlyHint is true ? Billing.No : Billing.Unknown,
            });
        }
    }

    /// <summary>For resources, prompts and completions: the SDK hides the words of any exception but its own.</summary>
    public async Task<T> MapToProtocolErrorAsync<T>(Caller caller, Func<Caller, Task<T>> read)
    {
        try
        {
            return await read(caller);
        }
        catch (ImageException wrong) when (wrong.Failure.Retry is RetryAdvice.Changed)
        {
            throw new McpProtocolException(HidePaths(caller, wrong.Message), McpErrorCode.InvalidParams);
        }
        catch (Exception expected) when (expected is ImageException or UnreadableImageException or ImagingUnavailableException)
        {
            throw new McpProtocolException(HidePaths(caller, expected.Message), McpErrorCode.InternalError);
        }
    }

    private static ToolResponse Refuse(ITool tool, Failure failure) => tool.CreateErrorResponse(failure) with { FailureCode = failure.Code };

    private string HidePaths(Caller caller, string text) => caller.LocalPathsAllowed ? text : storage.HidePaths(text);

    [LoggerMessage(LogLevel.Error, "A call hit a bug")]
    private partial void LogBug(Exception bug);
}
