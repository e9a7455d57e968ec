using GptImage2.Generation.Requests;

namespace GptImage2.Generation.Planning.Storyboards;

/// <summary>Keeps boards, for all processes of one catalog. Every row has an owner, and every read takes one.</summary>
public interface IStoryboardStore
{
    /// <returns>The board, or null when the owner has none of that id.</returns>
    /// <exception cref="ImageException">The catalog cannot be read.</exception>
    Task<Storyboard?> FindAsync(string owner, string id, CancellationToken cancellationToken);

    /// <summary>The owner's boards, those that were changed last first.</summary>
    /// <exception cref="ImageException">The catalog cannot be read.</exception>
    Task<IReadOnlyList<Storyboard>> ListAsync(string owner, int limit, CancellationToken cancellationToken);

    /// <summary>The ids of the owner's boards that contain a typed text, those that were changed last first.</summary>
    /// <exception cref="ImageException">The catalog cannot be read.</exception>
    Task<IReadOnlyList<string>> SuggestAsync(string owner, string typed, int limit, CancellationToken cancellationToken);

    /// <summary>Changes a board, or creates it, in a transaction of its own: no other process changes it meanwhile.</summary>
    /// <param name="change">Makes the new board of the old one, null where there is none. What it throws changes nothing.</param>
    /// <returns>The board as it is now.</returns>
    /// <exception cref="ImageException">The catalog cannot be written.</exception>
    Task<Storyboard> ChangeAsync(string owner, string id, Func<Storyboard?, Storyboard> change, CancellationToken cancellationToken);
}
