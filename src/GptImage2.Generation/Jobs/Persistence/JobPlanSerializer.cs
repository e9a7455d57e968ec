using GptImage2.Generation.Inputs;
using GptImage2.Generation.Planning;
using GptImage2.Generation.Planning.Regions;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Requests.Constraints;
using GptImage2.Generation.Storage;
using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Masks;
using GptImage2.Imaging.Regions;

namespace GptImage2.Generation.Jobs.Persistence;

/// <summary>Serializes plans, so that another process can finish what this one began.</summary>
public sealed class JobPlanSerializer(IInputStore inputs, BackendRegistry backends)
{
    /// <summary>A longer name is an image's bytes, not a path or address.</summary>
    private const int MaxNameLength = 4096;

    /// <summary>In place of the caller's own files: their copies are in the store.</summary>
    private static readonly EncodedImage EmptyImage = EncodedImage.FromMemory(default);

    /// <summary>One line of JSON. The mask of a region is written into the input store.</summary>
    /// <param name="plan">Its images must be stored already.</param>
    /// <exception cref="ImageException">The region could not be written.</exception>
    public async Task<string> SerializeAsync(JobPlan plan, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var dto = new JobPlanDto
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
        return JsonSerializer.Serialize(dto, JobsJsonContext.Relaxed.JobPlanDto);
    }

    /// <summary>The plan, able to be finished and not to be rendered again. No file is opened yet.</summary>
    /// <exception cref="JsonException">It is not a plan that was serialized here.</exception>
    public JobPlan Deserialize(string json)
    {
        var dto = JsonSerializer.Deserialize(json, JobsJsonContext.Relaxed.JobPlanDto);
        if (dto is null || dto.Pictures.Count != dto.Request.Images.Count)
        {
            throw new JsonException("A plan has as many images as its request.");
        }

        var backend = new RecordedBackend(dto.Backend, backends.GetProfile(dto.Backend, dto.Model), dto.Notice);
        return new JobPlan
        {
            Caller = dto.Caller,
            Tool = dto.Tool,
            Backend = backend,
            Validated = RequestValidator.AssumeValid(dto.Request, backend.Profile),
            Inputs = [.. dto.Request.Images.Zip(dto.Pictures, ToInputImage)],
            Region = dto.Region is { } region ? ReadRegion(region, dto.Pictures[0].Header.Size) : null,
            Price = dto.Price,
            CopyTo = dto.CopyTo,
            Warnings = dto.Warnings,
        };
    }

    private async Task<RegionPlanDto> WriteRegionAsync(RegionPlan region, CancellationToken cancellationToken)
    {
        var mask = await inputs.WriteAsync(png => RegionMaskFile.Write(region.Mask, png), cancellationToken);
        return new RegionPlanDto(mask, region.Mask.Bounds, region.Feather, region.Placement, region.Outside, region.Warnings, region.MatchColours);
    }

    private RegionPlan ReadRegion(RegionPlanDto region, Dimensions original) => new(
        new Lazy<RegionMask>(() => RegionMaskFile.Read(inputs.Open(region.Mask), original, region.Bounds)),
        region.Feather,
        region.Fit,
        region.Outside,
        region.Warnings,
        region.MatchColours);

    private static InputImageDto ToDto(InputImage input) => new(
        input.Stored ?? throw new ArgumentException($"{input.Resolved.Argument} must be stored before the plan is serialized.", nameof(input)),
        input.Header,
        input.Resolved.Record);

    private static InputImage ToInputImage(Reference reference, InputImageDto image) => new()
    {
        Reference = reference,
        Resolved = new ResolvedImage(reference.Argument, EmptyImage, image.Record),
        Header = image.Header,
        Stored = image.Stored,
    };

    /// <summary>The request without the bytes of data: URIs, which are in the store by now.</summary>
    private static ImageRequest WithoutInlineBytes(ImageRequest request) => request switch
    {
        EditRequest edit => edit with { References = [.. edit.References.Select(WithoutInlineBytes)] },
        InpaintRequest inpaint => inpaint with
        {
            Image = WithoutInlineBytes(inpaint.Image),
            Mask = inpaint.Mask is { } mask ? WithoutInlineBytes(mask) : null,
            References = [.. inpaint.References.Select(WithoutInlineBytes)],
        },
        BoardRequest board => board with { Cells = [.. board.Cells.Select(WithoutInlineBytes)] },
        StoryboardRequest { New: { } created } storyboard => storyboard with { New = created with { References = [.. created.References.Select(WithoutInlineBytes)] } },
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
