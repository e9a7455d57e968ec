using GptImage2.Imaging.Vips.Interop;

namespace GptImage2.Imaging.Vips;

/// <summary>One call of a libvips operation by name: set its arguments, then run it.</summary>
internal sealed unsafe class VipsOperation : VipsObject
{
    private readonly string _name;

    /// <param name="name">As in libvips' documentation, for example "resize".</param>
    internal VipsOperation(string name)
        : base(CreateNative(name)) => _name = name;

    internal VipsOperation With(string argument, int value) => SetFromString($"{argument}={value}");

    internal VipsOperation With(string argument, double value) => SetFromString($"{argument}={value:R}");

    internal VipsOperation With(string argument, bool value) => SetFromString($"{argument}={(value ? "true" : "false")}");

    /// <summary>Sets a flag that only newer versions of libvips have; an older one ignores it.</summary>
    internal VipsOperation WithIfSupported(string argument)
    {
        if (VipsNative.vips_object_set_from_string(this, $"{argument}=true") != 0)
        {
            _ = VipsException.FromErrorBuffer(argument);
        }

        return this;
    }

    /// <summary>A member of a libvips enumeration, by its nickname.</summary>
    internal VipsOperation WithEnum(string argument, string choice) => SetFromString($"{argument}={choice}");

    /// <summary>Free text: it may contain commas, which the string notation of libvips cannot.</summary>
    internal VipsOperation With(string argument, string text)
    {
        var value = default(GValue);
        GlibNative.g_value_init(ref value, GValue.StringType);
        GlibNative.g_value_set_string(ref value, text);
        return SetProperty(argument, ref value);
    }

    internal VipsOperation With(string argument, VipsObject instance)
    {
        var value = default(GValue);
        GlibNative.g_value_init(ref value, GValue.ObjectType);
        GlibNative.g_value_set_object(ref value, instance);
        return SetProperty(argument, ref value);
    }

    internal VipsOperation With(string argument, ReadOnlySpan<double> numbers)
    {
        var value = default(GValue);
        GlibNative.g_value_init(ref value, VipsNative.vips_array_double_get_type());
        fixed (double* first = numbers)
        {
            VipsNative.vips_value_set_array_double(ref value, first, numbers.Length);
        }

        return SetProperty(argument, ref value);
    }

    internal VipsOperation With(string argument, ReadOnlySpan<VipsImage> images)
    {
        var value = default(GValue);
        GlibNative.g_value_init(ref value, VipsNative.vips_array_image_get_type());
        VipsNative.vips_value_set_array_image(ref value, images.Length);
        var slots = VipsNative.vips_value_get_array_image(ref value, 0);
        for (var i = 0; i < images.Length; i++)
        {
            slots[i] = GlibNative.g_object_ref(images[i]);
        }

        return SetProperty(argument, ref value);
    }

    /// <exception cref="VipsException">The operation failed.</exception>
    internal VipsImage ToImage()
    {
        using (this)
        {
            Build();
            var value = default(GValue);
            GlibNative.g_value_init(ref value, GValue.ObjectType);
            GlibNative.g_object_get_property(this, "out", ref value);
            var image = new VipsImage(GlibNative.g_value_dup_object(ref value));
            GlibNative.g_value_unset(ref value);
            VipsNative.vips_object_unref_outputs(this);
            return image;
        }
    }

    /// <summary>For operations without a result, such as saving.</summary>
    /// <exception cref="VipsException">The operation failed.</exception>
    internal void Run()
    {
        using (this)
        {
            Build();
            VipsNative.vips_object_unref_outputs(this);
        }
    }

    private static nint CreateNative(string name)
    {
        VipsLibrary.EnsureStarted();
        return VipsException.ThrowIfNull(VipsNative.vips_operation_new(name), name);
    }

    private void Build()
    {
        if (VipsNative.vips_object_build(this) != 0)
        {
            VipsNative.vips_object_unref_outputs(this);
            throw VipsException.FromErrorBuffer(_name);
        }
    }

    /// <summary>An argument that libvips rejects is a bug of ours, not a fault of the image.</summary>
    private VipsOperation SetFromString(string argument) => VipsNative.vips_object_set_from_string(this, argument) == 0
        ? this
        : throw new InvalidOperationException($"{_name} does not accept {argument}.", VipsException.FromErrorBuffer(_name));

    private VipsOperation SetProperty(string argument, ref GValue value)
    {
        GlibNative.g_object_set_property(this, argument, ref value);
        GlibNative.g_value_unset(ref value);
        return this;
    }
}
