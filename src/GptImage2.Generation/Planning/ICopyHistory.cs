using GptImage2.Generation.Requests;

namespace GptImage2.Generation.Planning;

/// <summary>Knows the further copies that were written for a caller.</summary>
public interface ICopyHistory
{
    /// <summary>Whether one of the caller's recent jobs wrote a copy there.</summary>
    /// <param name="path">Absolute, without links.</param>
    Task<bool> ContainsAsync(Caller caller, string path, CancellationToken cancellationToken);
}
