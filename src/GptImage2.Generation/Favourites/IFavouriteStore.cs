namespace GptImage2.Generation.Favourites;

/// <summary>Which of their images people like best. It is of no weight: a catalog that is made anew forgets it.</summary>
public interface IFavouriteStore
{
    /// <returns>The ids of the owner's favourites, the one that was marked last first.</returns>
    /// <exception cref="ImageException">The catalog cannot be read.</exception>
    Task<IReadOnlyList<string>> ListAsync(string owner, CancellationToken cancellationToken);

    /// <summary>Marks an image of the owner's, or takes the mark away. Again, nothing changes.</summary>
    /// <exception cref="ImageException">The catalog cannot be written.</exception>
    Task SetAsync(string owner, string image, bool isFavourite, CancellationToken cancellationToken);
}
