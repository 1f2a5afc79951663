"""What people type, checked for its shape; what it means is for the acts."""
