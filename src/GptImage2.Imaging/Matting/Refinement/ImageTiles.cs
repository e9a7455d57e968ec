namespace GptImage2.Imaging.Matting.Refinement;

/// <summary>Cuts an image into squares that are worked on one by one, each with its surroundings, so that memory depends on the square and not on the image.</summary>
internal static class ImageTiles
{
    internal static IEnumerable<PixelArea> Cut(Dimensions image, int edge)
    {
        for (var top = 0; top < image.Height; top += edge)
        {
            for (var left = 0; left < image.Width; left += edge)
            {
                yield return new PixelArea(left, top, new Dimensions(Math.Min(edge, image.Width - left), Math.Min(edge, image.Height - top)));
            }
        }
    }

    /// <summary>The tile with so many pixels more on each side, where there are any.</summary>
    internal static PixelArea Widen(PixelArea tile, int margin, Dimensions image)
    {
        var (left, top) = (Math.Max(0, tile.Left - margin), Math.Max(0, tile.Top - margin));
        var (right, bottom) = (Math.Min(image.Width, tile.Left + tile.Size.Width + margin), Math.Min(image.Height, tile.Top + tile.Size.Height + margin));
        return new PixelArea(left, top, new Dimensions(right - left, bottom - top));
    }

    /// <summary>Works on tiles in parallel, with one worker to a thread, which is used again for later tiles.</summary>
    internal static void ForEach<TWorker>(IEnumerable<PixelArea> tiles, ConcurrentBag<TWorker> workers, Func<TWorker> create, Action<TWorker, PixelArea> work, CancellationToken cancellationToken) => Parallel.ForEach(
        tiles,
        new ParallelOptions { MaxDegreeOfParallelism = Math.Min(4, Environment.ProcessorCount), CancellationToken = cancellationToken },
        () => workers.TryTake(out var idle) ? idle : create(),
        (tile, _, worker) =>
        {
            work(worker, tile);
            return worker;
        },
        workers.Add);
}
