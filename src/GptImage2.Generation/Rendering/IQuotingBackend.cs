using GptImage2.Generation.Requests;
using GptImage2.Generation.Requests.Constraints;

namespace GptImage2.Generation.Rendering;

/// <summary>A service that names the price of a request before it is sent.</summary>
public interface IQuotingBackend : IImageBackend
{
    /// <summary>Asks what a request of this kind costs, in the service's own credits. Sends no image and spends nothing.</summary>
    /// <exception cref="ImageException">The service refused the request, or could not be asked.</exception>
    Task<decimal> QuoteAsync(Validated<ImageRequest> validated, CancellationToken cancellationToken);
}
