using System.Text.Json.Serialization.Metadata;
using GptImage2.Generation.Jobs;
using GptImage2.Generation.Requests;
using GptImage2.Mcp.Callers;
using GptImage2.Mcp.Results;
using GptImage2.Mcp.Tools.Arguments;

namespace GptImage2.Mcp.Tools.Base;

/// <summary>One tool: what the client sees of it, and what it does. It translates and does nothing else.</summary>
internal interface ITool
{
    /// <summary>Name, texts and schemas. Asked for once, when a client first lists or calls tools.</summary>
    Tool GetDefinition();

    /// <summary>Parses the arguments, once, and holds them to the rules that a schema cannot express.</summary>
    /// <param name="shape">The arguments as their schema allows them; even a value out of range is there, if it has the right type.</param>
    BoundCall Bind(CallerSession session, ArgumentValidationResult shape);

    /// <summary>How this tool reports that it could not even start.</summary>
    ToolResponse CreateErrorResponse(Failure failure);
}

/// <summary>A call with its arguments parsed.</summary>
/// <param name="Violations">What is wrong across arguments. Only a call without any may be invoked.</param>
internal sealed record BoundCall(IReadOnlyList<Violation> Violations, Func<ToolCall, CancellationToken, Task<ToolResponse>> InvokeAsync)
{
    /// <summary>Throws what would keep the call from being made, and makes nothing; null where its violations are all that can be known without making it.</summary>
    public Func<ToolCall, CancellationToken, Task>? CheckAsync { get; init; }

    /// <summary>Why images of the call cannot be read, so that they are named together with everything else that is wrong.</summary>
    public Func<ToolCall, CancellationToken, Task<IReadOnlyList<Failure>>> FindImageFailuresAsync { get; init; } = (_, _) => Task.FromResult<IReadOnlyList<Failure>>([]);

    /// <summary>What a caller must be allowed to do for this very call; null where the tool's annotations say it for every call.</summary>
    public Func<AccessRight?> FindRequiredRight { get; init; } = () => null;
}

/// <summary>What a call knows apart from its arguments.</summary>
/// <param name="Progress">Hears of the job while the call waits.</param>
/// <param name="ReceivedAt">When the call arrived: what was answered only later is not asked for anew.</param>
internal sealed record ToolCall(CallerSession Session, IProgress<JobSnapshot> Progress, DateTimeOffset ReceivedAt)
{
    public Caller Caller => Session.Caller;

    /// <summary>How long to wait for images; null for as long as the settings say.</summary>
    public TimeSpan? WaitLimit { get; init; }

    /// <summary>Asks the user a question: true or false as answered, null where the client cannot ask. May end the call, which then comes again with the answer.</summary>
    public Func<string, bool?> AskUser { get; init; } = _ => null;
}

/// <summary>A tool whose arguments are a record: parsed once, then validated, then used.</summary>
internal abstract class Tool<TArguments>(JsonTypeInfo<TArguments> argumentsType) : ITool
{
    public abstract Tool GetDefinition();

    public BoundCall Bind(CallerSession session, ArgumentValidationResult shape)
    {
        var arguments = shape.Parse(argumentsType);
        return new BoundCall([.. Validate(arguments, shape)], (call, cancellationToken) => InvokeAsync(arguments, call, cancellationToken))
        {
            CheckAsync = (call, cancellationToken) => CheckAsync(arguments, call, cancellationToken),
            FindImageFailuresAsync = (call, cancellationToken) => FindImageFailuresAsync(arguments, call, cancellationToken),
            FindRequiredRight = () => FindRequiredRight(arguments),
        };
    }

    public virtual ToolResponse CreateErrorResponse(Failure failure) => ToolResponse.FromFailure(failure);

    /// <summary>Rules across arguments.</summary>
    protected virtual IEnumerable<Violation> Validate(TArguments arguments, ArgumentValidationResult shape) => [];

    /// <summary>What this very call must be allowed to do; null where the annotations say it for every call.</summary>
    protected virtual AccessRight? FindRequiredRight(TArguments arguments) => null;

    /// <summary>Why images of a call that is refused anyway cannot be read.</summary>
    protected virtual Task<IReadOnlyList<Failure>> FindImageFailuresAsync(TArguments arguments, ToolCall call, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Failure>>([]);

    /// <summary>What would keep the call from being made, as far as that takes more than its arguments.</summary>
    /// <exception cref="ImageException">It could not be made.</exception>
    protected virtual Task CheckAsync(TArguments arguments, ToolCall call, CancellationToken cancellationToken) => Task.CompletedTask;

    protected abstract Task<ToolResponse> InvokeAsync(TArguments arguments, ToolCall call, CancellationToken cancellationToken);
}
