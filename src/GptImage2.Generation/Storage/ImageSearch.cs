namespace GptImage2.Generation.Storage;

/// <summary>Finds images by the name of a file, theirs or a copy's, and then by what the catalog knows of them.</summary>
public sealed class ImageSearch(IImageCatalog catalog, ICopyHistory copies)
{
    /// <summary>More files of one name help nobody.</summary>
    private const int MaxNamed = 10;

    /// <summary>Those whose file has the name that is looked for come first, on the first page. Else as the catalog lists them.</summary>
    public async Task<ImagePage> ListAsync(string owner, ImageQuery query, CancellationToken cancellationToken)
    {
        var named = await FindByNameAsync(owner, query.Words, cancellationToken);
        if (named is [])
        {
            return await catalog.ListAsync(owner, query, cancellationToken);
        }

        // They are on the first page, and so on no other.
        ImageRecord[] first = [.. named.Take(query.Limit)];
        var room = query.Before is null ? query.Limit - first.Length : query.Limit;
        var page = await catalog.ListAsync(owner, query with { Limit = Math.Max(1, room) }, cancellationToken);
        ImageRecord[] others = page.IsPartialMatch ? [] : [.. page.Images.ExceptBy(first.Select(image => image.Id), image => image.Id)];
        ImageRecord[] shown = [.. query.Before is null ? first : [], .. others.Take(room)];
        var hasMore = !page.IsPartialMatch && (page.Next is not null || others.Length > room);
        return new ImagePage(shown, !hasMore ? null : room > 0 ? page.Next : ImagePosition.Start)
        {
            Total = page is { IsPartialMatch: false, Next: not null } ? page.Total : (query.Before is null ? first.Length : 0) + others.Length,
        };
    }

    /// <returns>The images that have a file of this name, with or without its extension, newest copies first.</returns>
    private async Task<IReadOnlyList<ImageRecord>> FindByNameAsync(string owner, string? typed, CancellationToken cancellationToken)
    {
        var name = typed?.Trim() ?? "";
        if (name is "" || name.IndexOfAny(Path.GetInvalidPathChars()) >= 0)
        {
            return [];
        }

        var copied = await copies.ListAsync(owner, cancellationToken);
        var stored = await catalog.SuggestAsync(owner, name, MaxNamed, cancellationToken);
        IEnumerable<string> ids =
        [
            .. copied.Where(copy => IsNameOf(copy.Path, name)).Select(copy => copy.ImageId),
            .. stored.Where(image => IsNameOf(image.FileName ?? "", name)).Select(image => image.Id),
        ];
        var found = new List<ImageRecord>();
        foreach (var id in ids.Distinct(StringComparer.Ordinal).Take(MaxNamed))
        {
            if (await catalog.FindAsync(owner, id, cancellationToken) is { Delivered: true } image)
            {
                found.Add(image);
            }
        }

        return found;
    }

    /// <summary>Whether the path ends with what was typed, as whole parts; where that has no folder, the extension may be missing.</summary>
    private static bool IsNameOf(string path, string typed) =>
        (path.EndsWith(typed, StringComparison.OrdinalIgnoreCase) && (path.Length == typed.Length || IsSlash(typed[0]) || IsSlash(path[^(typed.Length + 1)])))
        || Path.GetFileNameWithoutExtension(path).Equals(typed, StringComparison.OrdinalIgnoreCase);

    private static bool IsSlash(char character) => character is '/' or '\\';
}
