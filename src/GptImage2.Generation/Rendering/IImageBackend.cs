using GptImage2.Generation.Models;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Requests.Constraints;

namespace GptImage2.Generation.Rendering;

/// <summary>A service that renders. Implementations are in GptImage2.Backends.</summary>
public interface IImageBackend
{
    /// <summary>For records and texts: openai, sketch, ….</summary>
    string Name { get; }

    /// <summary>The rules and prices of the model this backend is set to.</summary>
    ModelProfile Profile { get; }

    /// <summary>What every result of this backend must state first, or null.</summary>
    string? Notice { get; }

    /// <summary>Removes backgrounds of any kind at the same service; null where it does not.</summary>
    IImageBackend? BackgroundRemoval => null;

    /// <summary>Whether it has what a request needs, such as a key that can be sent. Nothing is asked.</summary>
    bool IsConfigured => true;

    /// <summary>Learns what decides <see cref="Profile"/>, where a service has to be asked for it. Costs nothing; fails silently, and then the rules stay as they are.</summary>
    Task PrepareAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Checks that the backend can be reached and accepts the credentials, at no cost.</summary>
    /// <returns>The result in a few words.</returns>
    /// <exception cref="ImageException">It cannot; the failure says what to do.</exception>
    Task<string> CheckAsync(CancellationToken cancellationToken);

    /// <summary>Renders, and passes every image to the sink as it arrives.</summary>
    /// <param name="inputs">The request's images, as <see cref="ModelProfile.Inputs"/> says this backend takes them.</param>
    /// <exception cref="ImageException">The service refused or failed; the failure says whether it bills.</exception>
    Task<RenderOutcome> RenderAsync(Validated<ImageRequest> validated, RenderInputs inputs, IRenderSink sink, CancellationToken cancellationToken);
}

/// <summary>What the service reports of a finished request.</summary>
/// <param name="Usage">Tokens, where the service reports them.</param>
/// <param name="RequestId">The service's own id of the request.</param>
public sealed record RenderOutcome(TokenUsage? Usage, string? RequestId)
{
    /// <summary>What it cost in the service's own credits, where it counts in them.</summary>
    public decimal? Credits { get; init; }

    /// <summary>What it cost in USD, where the service says so itself.</summary>
    public decimal? Usd { get; init; }

    /// <summary>Both requests together; what is not known of one is not known of both.</summary>
    internal RenderOutcome Add(RenderOutcome other) =>
        new(Usage is { } mine && other.Usage is { } theirs ? mine.Add(theirs) : null, string.Join(", ", new[] { RequestId, other.RequestId }.OfType<string>()) is var ids and not "" ? ids : null)
        {
            Credits = Credits + other.Credits,
            Usd = Usd + other.Usd,
        };
}

/// <summary>Tokens as the service counted them.</summary>
public sealed record TokenUsage(long TextIn, long ImageIn, long Out)
{
    /// <summary>Those of a language model that handed the request on; null where there is none, or it was not reported.</summary>
    public CarrierUsage? Carrier { get; init; }

    internal TokenUsage Add(TokenUsage other) => new(TextIn + other.TextIn, ImageIn + other.ImageIn, Out + other.Out)
    {
        Carrier = Carrier is { } mine && other.Carrier is { } theirs ? new CarrierUsage(mine.In + theirs.In, mine.Out + theirs.Out) : null,
    };
}

/// <summary>Tokens of a language model that hands requests on.</summary>
/// <param name="In">Read, images included.</param>
/// <param name="Out">Written or thought.</param>
public sealed record CarrierUsage(long In, long Out);
