using GptImage2.Generation.Errors;
using GptImage2.Generation.Models;

namespace GptImage2.Generation.Requests.Constraints;

/// <summary>One rule. Pure: no I/O, no clock.</summary>
public interface IRequestConstraint
{
    IEnumerable<Violation> Check(ImageRequest request, ModelProfile profile);
}

/// <summary>The whole rule book, held against the profile of the backend that will draw.</summary>
public sealed class RequestValidator(IEnumerable<IRequestConstraint> constraints)
{
    private readonly IRequestConstraint[] _constraints = [.. constraints];

    /// <summary>Every rule the request breaks; none when it is legal.</summary>
    public IReadOnlyList<Violation> Check(ImageRequest request, ModelProfile profile) =>
        [.. _constraints.SelectMany(constraint => constraint.Check(request, profile))];

    /// <exception cref="InvalidRequestException">At least one constraint was violated.</exception>
    public Validated<TRequest> Validate<TRequest>(TRequest request, ModelProfile profile)
        where TRequest : ImageRequest
    {
        var violations = Check(request, profile);
        return violations is [] ? new Validated<TRequest>(request, profile) : throw new InvalidRequestException(violations);
    }

    /// <summary>A request that passed when its plan was made. It is not looked at again: it is paid for, whatever the rules are by now.</summary>
    internal static Validated<TRequest> AssumeValid<TRequest>(TRequest request, ModelProfile profile)
        where TRequest : ImageRequest => new(request, profile);
}

/// <summary>Proof that a request passed the rule book of a profile; only <see cref="RequestValidator"/> can make one.</summary>
public sealed record Validated<TRequest>
    where TRequest : ImageRequest
{
    internal Validated(TRequest request, ModelProfile profile) => (Request, Profile) = (request, profile);

    public TRequest Request { get; }

    public ModelProfile Profile { get; }
}
