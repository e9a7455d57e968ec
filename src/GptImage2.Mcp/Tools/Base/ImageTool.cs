using System.Text.Json.Serialization.Metadata;
using GptImage2.Generation.Requests;
using GptImage2.Mcp.Callers;
using GptImage2.Mcp.Results;
using GptImage2.Mcp.Tools.Arguments;

namespace GptImage2.Mcp.Tools.Base;

/// <summary>A tool that makes images: its arguments become one request, which is validated and then carried out as a job.</summary>
internal abstract class ImageTool<TArguments, TRequest>(string name, JsonTypeInfo<TArguments> argumentsType, ImageToolRunner runner) : ITool
    where TArguments : DeliveryArguments
    where TRequest : ImageRequest
{
    public abstract Tool GetDefinition();

    public BoundCall Bind(CallerSession session, ArgumentValidationResult shape)
    {
        var arguments = shape.Parse(argumentsType);
        var request = CreateRequest(arguments, session);
        return new BoundCall(
            [.. Validate(session.Caller, arguments, request, shape)],
            (call, cancellationToken) => runner.RunAsync(call, name, request, arguments.Options, cancellationToken))
        {
            CheckAsync = (call, cancellationToken) => runner.CheckAsync(call, name, request, cancellationToken),
            FindImageFailuresAsync = (call, cancellationToken) => runner.FindImageFailuresAsync(call, request, cancellationToken),
        };
    }

    public ToolResponse CreateErrorResponse(Failure failure) => JobResultBuilder.FromFailure(failure);

    /// <summary>The request that is meant, what is missing or malformed left at its default.</summary>
    protected abstract TRequest CreateRequest(TArguments arguments, CallerSession session);

    /// <summary>Rules across arguments, and those of the model.</summary>
    protected virtual IEnumerable<Violation> Validate(Caller caller, TArguments arguments, TRequest request, ArgumentValidationResult shape) =>
        runner.Validate(caller, arguments, request, shape);
}
