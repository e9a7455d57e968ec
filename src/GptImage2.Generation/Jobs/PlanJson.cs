using System.Text.Json;
using GptImage2.Generation.Constraints;
using GptImage2.Generation.References;
using GptImage2.Generation.Regions;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Storage;
using GptImage2.Imaging;
using GptImage2.Imaging.Masks;

namespace GptImage2.Generation.Jobs;

/// <summary>Writes a plan down and reads it again, so that another process can finish what this one began.</summary>
public sealed class PlanJson(InputFolder inputs)
{
    /// <summary>A name longer than this is a picture's bytes, not a place.</summary>
    private const int LongestName = 4096;

    /// <summary>In place of the caller's own files: their copies lie in the store.</summary>
    private static readonly EncodedImage Nothing = EncodedImage.FromMemory(default);

    /// <summary>One line of JSON. Which pixels of a region change is put beside the job's pictures, once.</summary>
    /// <param name="plan">Its pictures must be kept already.</param>
    /// <exception cref="Failures.ImageException">The region could not be written.</exception>
    public async Task<string> WriteAsync(JobPlan plan, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var stored = new StoredPlan
        {
            Caller = plan.Caller,
            Tool = plan.Tool,
            Backend = plan.Backend.Name,
            Notice = plan.Backend.Notice,
            Model = plan.Validated.Profile.Model,
            Request = Named(plan.Request),
            Pictures = [.. plan.Inputs.Select(Picture)],
            Region = plan.Region is { } region ? await RegionAsync(region, cancellationToken) : null,
            Price = plan.Price,
            CopyTo = plan.CopyTo,
            Warnings = plan.Warnings,
        };
        return JsonSerializer.Serialize(stored, PlanContext.Written.StoredPlan);
    }

    /// <summary>The plan, able to be finished and not to be drawn. No file is opened: whoever needs one learns whether it is still there.</summary>
    /// <exception cref="JsonException">That is no plan that was written here.</exception>
    public JobPlan Read(string json)
    {
        var stored = JsonSerializer.Deserialize(json, PlanContext.Written.StoredPlan);
        if (stored is null || stored.Pictures.Count != stored.Request.Pictures.Count)
        {
            throw new JsonException("A plan has as many pictures as its request.");
        }

        var backend = new AbsentBackend(stored.Backend, stored.Model, stored.Notice);
        return new JobPlan
        {
            Caller = stored.Caller,
            Tool = stored.Tool,
            Backend = backend,
            Validated = ConstraintSet.Passed(stored.Request, backend.Profile),
            Inputs = [.. stored.Request.Pictures.Zip(stored.Pictures, Input)],
            Region = stored.Region is { } region ? Region(region, stored.Pictures[0].Header.Size) : null,
            Price = stored.Price,
            CopyTo = stored.CopyTo,
            Warnings = stored.Warnings,
        };
    }

    private async Task<StoredRegion> RegionAsync(RegionPlan region, CancellationToken cancellationToken)
    {
        var mask = await inputs.WriteAsync(png => RegionFile.Write(region.Mask, png), cancellationToken);
        return new StoredRegion(mask, region.Mask.Bounds, region.Feather, region.Fit, region.Outside, region.Warnings);
    }

    private RegionPlan Region(StoredRegion region, Dimensions original) => new(
        new Lazy<RegionMask>(() => RegionFile.Read(inputs.Open(region.Mask), original, region.Bounds)),
        region.Feather,
        region.Fit,
        region.Outside,
        region.Warnings);

    private static StoredPicture Picture(InputImage input) => new(
        input.Stored ?? throw new ArgumentException($"{input.Found.Argument} must be kept before the plan is written down.", nameof(input)),
        input.Header,
        input.Found.Record);

    private static InputImage Input(Reference reference, StoredPicture picture) => new()
    {
        Reference = reference,
        Found = new FoundImage(reference.Argument, Nothing, picture.Record),
        Header = picture.Header,
        Stored = picture.Stored,
    };

    /// <summary>The request without the bytes of data: URIs, which lie in the store by now.</summary>
    private static ImageRequest Named(ImageRequest request) => request switch
    {
        EditRequest edit => edit with { References = [.. edit.References.Select(Named)] },
        InpaintRequest inpaint => inpaint with
        {
            Image = Named(inpaint.Image),
            Mask = inpaint.Mask is { } mask ? Named(mask) : null,
            References = [.. inpaint.References.Select(Named)],
        },
        CutoutRequest cutout => cutout with { Image = Named(cutout.Image) },
        _ => request,
    };

    private static Reference Named(Reference reference) => reference with { Image = Named(reference.Image) };

    private static string Named(string image) => image switch
    {
        _ when image.StartsWith("data:", StringComparison.OrdinalIgnoreCase) => image[..(image.IndexOf(',', StringComparison.Ordinal) + 1)],
        { Length: > LongestName } => image[..LongestName],
        _ => image,
    };
}
