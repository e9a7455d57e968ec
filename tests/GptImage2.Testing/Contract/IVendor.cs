namespace GptImage2.Testing.Contract;

/// <summary>A vendor whose backend the contract suite runs on: one class beside the vendor's stand-in, and one line for the suite.</summary>
public interface IVendor
{
    static abstract VendorTraits Traits { get; }

    /// <summary>Starts the stand-in of one test.</summary>
    /// <param name="mishap">What happens to the first request to draw; null when all is well.</param>
    /// <param name="time">The clock of the backends that it makes.</param>
    static abstract Task<IVendorStandIn> StartAsync(Mishap? mishap, TimeProvider time);
}
