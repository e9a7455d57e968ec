using GptImage2.Generation.Rendering;

namespace GptImage2.Testing.Contract;

/// <summary>A vendor's stand-in and its account, in the words of the contract suite. It disposes of the backends that it has made.</summary>
public interface IVendorStandIn : IAsyncDisposable
{
    /// <summary>A further backend that speaks to the stand-in, as another process would have it.</summary>
    IImageBackend CreateBackend();

    /// <summary>How many requests to draw have arrived whole, whether or not they were accepted. Questions, prices, uploads and downloads do not count.</summary>
    int Arrivals { get; }

    /// <summary>Requests to draw that were accepted, in order of arrival.</summary>
    IReadOnlyList<ReceivedOrder> Orders { get; }

    /// <summary>What the vendor charges for them after refunds, in the unit of its own books.</summary>
    decimal Billed { get; }

    /// <summary>The bytes of every image that was drawn, in order, whether or not they were delivered.</summary>
    IReadOnlyList<byte[]> Drawn { get; }

    /// <summary>Credentials, none of which may appear in any text.</summary>
    IReadOnlyList<string> Secrets { get; }

    /// <summary>Ends when a request to draw has arrived whole.</summary>
    Task ArrivedAsync(CancellationToken cancellationToken);

    /// <summary>Lets what <see cref="Mishap.Held"/> keeps waiting go on.</summary>
    void Release();
}
