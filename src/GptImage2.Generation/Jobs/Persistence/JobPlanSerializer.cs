using System.Text.Json;
using GptImage2.Generation.Errors;
using GptImage2.Generation.Inputs;
using GptImage2.Generation.Planning;
using GptImage2.Generation.Planning.Regions;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Requests.Constraints;
using GptImage2.Generation.Storage.Local;
using GptImage2.Imaging;
using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Masks;
using GptImage2.Imaging.Regions;

namespace GptImage2.Generation.Jobs.Persistence;

/// <summary>Writes a plan down and reads it again, so that another process can finish what this one began.</summary>
public sealed class JobPlanSerializer(InputStore inputs)
{
    /// <summary>A name longer than this is a picture's bytes, not a place.</summary>
    private const int MaxNameLength = 4096;

    /// <summary>In place of the caller's own files: their copies lie in the store.</summary>
    private static readonly EncodedImage EmptyImage = EncodedImage.FromMemory(default);

    /// <summary>One line of JSON. Which pixels of a region change is put beside the job's pictures, once.</summary>
    /// <param name="plan">Its pictures must be kept already.</param>
    /// <exception cref="ImageException">The region could not be written.</exception>
    public async Task<string> SerializeAsync(JobPlan plan, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var stored = new JobPlanDto
        {
            Caller = plan.Caller,
            Tool = plan.Tool,
            Backend = plan.Backend.Name,
            Notice = plan.Backend.Notice,
            Model = plan.Validated.Profile.Model,
            Request = WithoutInlineBytes(plan.Request),
            Pictures = [.. plan.Inputs.Select(ToDto)],
            Region = plan.Region is { } region ? await WriteRegionAsync(region, cancellationToken) : null,
            Price = plan.Price,
            CopyTo = plan.CopyTo,
            Warnings = plan.Warnings,
        };
        return JsonSerializer.Serialize(stored, JobPlanJsonContext.Written.JobPlanDto);
    }

    /// <summary>The plan, able to be finished and not to be drawn. No file is opened: whoever needs one learns whether it is still there.</summary>
    /// <exception cref="JsonException">That is no plan that was written here.</exception>
    public JobPlan Deserialize(string json)
    {
        var stored = JsonSerializer.Deserialize(json, JobPlanJsonContext.Written.JobPlanDto);
        if (stored is null || stored.Pictures.Count != stored.Request.Images.Count)
        {
            throw new JsonException("A plan has as many pictures as its request.");
        }

        var backend = new RecordedBackend(stored.Backend, stored.Model, stored.Notice);
        return new JobPlan
        {
            Caller = stored.Caller,
            Tool = stored.Tool,
            Backend = backend,
            Validated = RequestValidator.AssumeValid(stored.Request, backend.Profile),
            Inputs = [.. stored.Request.Images.Zip(stored.Pictures, ToInputImage)],
            Region = stored.Region is { } region ? ReadRegion(region, stored.Pictures[0].Header.Size) : null,
            Price = stored.Price,
            CopyTo = stored.CopyTo,
            Warnings = stored.Warnings,
        };
    }

    private async Task<RegionPlanDto> WriteRegionAsync(RegionPlan region, CancellationToken cancellationToken)
    {
        var mask = await inputs.WriteAsync(png => RegionMaskFile.Write(region.Mask, png), cancellationToken);
        return new RegionPlanDto(mask, region.Mask.Bounds, region.Feather, region.Placement, region.Outside, region.Warnings);
    }

    private RegionPlan ReadRegion(RegionPlanDto region, Dimensions original) => new(
        new Lazy<RegionMask>(() => RegionMaskFile.Read(inputs.Open(region.Mask), original, region.Bounds)),
        region.Feather,
        region.Fit,
        region.Outside,
        region.Warnings);

    private static InputImageDto ToDto(InputImage input) => new(
        input.Stored ?? throw new ArgumentException($"{input.Resolved.Argument} must be kept before the plan is written down.", nameof(input)),
        input.Header,
        input.Resolved.Record);

    private static InputImage ToInputImage(Reference reference, InputImageDto picture) => new()
    {
        Reference = reference,
        Resolved = new ResolvedImage(reference.Argument, EmptyImage, picture.Record),
        Header = picture.Header,
        Stored = picture.Stored,
    };

    /// <summary>The request without the bytes of data: URIs, which lie in the store by now.</summary>
    private static ImageRequest WithoutInlineBytes(ImageRequest request) => request switch
    {
        EditRequest edit => edit with { References = [.. edit.References.Select(WithoutInlineBytes)] },
        InpaintRequest inpaint => inpaint with
        {
            Image = WithoutInlineBytes(inpaint.Image),
            Mask = inpaint.Mask is { } mask ? WithoutInlineBytes(mask) : null,
            References = [.. inpaint.References.Select(WithoutInlineBytes)],
        },
        BackgroundRemovalRequest cutout => cutout with { Image = WithoutInlineBytes(cutout.Image) },
        _ => request,
    };

    private static Reference WithoutInlineBytes(Reference reference) => reference with { Image = WithoutInlineBytes(reference.Image) };

    private static string WithoutInlineBytes(string image) => image switch
    {
        _ when image.StartsWith("data:", StringComparison.OrdinalIgnoreCase) => image[..(image.IndexOf(',', StringComparison.Ordinal) + 1)],
        { Length: > MaxNameLength } => image[..MaxNameLength],
        _ => image,
    };
}
