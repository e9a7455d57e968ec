using GptImage2.Generation;
using GptImage2.Generation.Errors;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests.Constraints;
using GptImage2.Testing.Contract;
using GptImage2.Testing.Rendering;
using GptImage2.Testing.Time;
using Microsoft.Extensions.DependencyInjection;

namespace GptImage2.Backends.Tests.Contract;

/// <summary>A vendor's stand-in, a backend that speaks to it, the product's own rules and a sink.</summary>
internal sealed class ContractHost : IAsyncDisposable
{
    private static readonly ServiceProvider Generation = new ServiceCollection().AddGeneration().BuildServiceProvider();

    private ContractHost(IVendorStandIn vendor, InMemoryRenderSink sink) => (Vendor, Sink, Backend) = (vendor, sink, vendor.CreateBackend());

    public static RequestValidator Rules => Generation.GetRequiredService<RequestValidator>();

    public IVendorStandIn Vendor { get; }

    public IImageBackend Backend { get; }

    public InMemoryRenderSink Sink { get; }

    public static async Task<ContractHost> StartAsync<TVendor>(Mishap? mishap = null, InMemoryRenderSink? sink = null)
        where TVendor : IVendor => new(await TVendor.StartAsync(mishap, new HastyTimeProvider()), sink ?? new InMemoryRenderSink());

    /// <summary>Checks a request as the product does, and has it drawn.</summary>
    public Task<RenderOutcome> RenderAsync(ContractRequest request, CancellationToken? cancellationToken = null, InMemoryRenderSink? sink = null) =>
        Backend.RenderAsync(Rules.Validate(request.Request, Backend.Profile), request.Inputs, sink ?? Sink, cancellationToken ?? TestContext.Current.CancellationToken);

    /// <returns>The outcome, or else what was thrown.</returns>
    public static async Task<(RenderOutcome? Outcome, ImageException? Thrown)> CatchAsync(Task<RenderOutcome> render)
    {
        try
        {
            return (await render, null);
        }
        catch (ImageException thrown)
        {
            return (null, thrown);
        }
    }

    public ValueTask DisposeAsync() => Vendor.DisposeAsync();
}
