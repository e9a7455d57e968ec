using GptImage2.Backends.Scenario.Protocol;
using GptImage2.Backends.Scenario.Uploads;

namespace GptImage2.Backends.Scenario.Pricing;

/// <summary>Brings the images of a request to Scenario, and asks what it costs with them.</summary>
internal sealed class InputPricing(ScenarioClient client, AssetUploader uploads)
{
    /// <param name="upload">Uploads what is not there yet, and gives the input that names it.</param>
    /// <returns>What to run, and its price in creative units.</returns>
    /// <exception cref="ImageException">The service refused the input, or could not be asked. Nothing was billed.</exception>
    public async Task<(byte[] Input, decimal Price)> PrepareAsync(string model, Func<Task<byte[]>> upload, CancellationToken cancellationToken)
    {
        var input = await upload();
        try
        {
            return (input, await client.PriceAsync(model, input, cancellationToken));
        }
        catch (ImageException refused) when (refused.Failure.Code is FailureCode.ModelNotFound or FailureCode.InvalidRequest)
        {
            // An image may be gone there since it was last seen.
            uploads.ForgetSeen();
            input = await upload();
            return (input, await client.PriceAsync(model, input, cancellationToken));
        }
    }
}
