using GptImage2.Generation.Models;

namespace GptImage2.Generation.Requests.Constraints;

/// <summary>Every constraint, checked against the profile of the backend that will render.</summary>
public sealed class RequestValidator(IEnumerable<IRequestConstraint> constraints)
{
    /// <summary>Every constraint the request violates; none when it is legal.</summary>
    public IReadOnlyList<Violation> Check(ImageRequest request, ModelProfile profile) =>
        [.. constraints.SelectMany(constraint => constraint.Check(request, profile))];

    /// <exception cref="InvalidRequestException">At least one constraint was violated.</exception>
    public Validated<TRequest> Validate<TRequest>(TRequest request, ModelProfile profile)
        where TRequest : ImageRequest
    {
        var violations = Check(request, profile);
        return violations is [] ? new Validated<TRequest>(request, profile) : throw new InvalidRequestException(violations);
    }

    /// <summary>A request that passed before: the plan of a job that may be paid for already is not checked against newer rules.</summary>
    internal static Validated<TRequest> AssumeValid<TRequest>(TRequest request, ModelProfile profile)
        where TRequest : ImageRequest => new(request, profile);
}

/// <summary>Proof that a request passed the constraints of a profile; only <see cref="RequestValidator"/> can make one.</summary>
public sealed record Validated<TRequest>
    where TRequest : ImageRequest
{
    internal Validated(TRequest request, ModelProfile profile) => (Request, Profile, PromptAsSent) = (request, profile, PromptComposer.Compose(request));

    public TRequest Request { get; }

    public ModelProfile Profile { get; }

    /// <summary>The whole text the service gets: the caller's prompt and what the server adds about the images.</summary>
    public string PromptAsSent { get; }
}
